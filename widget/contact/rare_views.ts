import type { Behind, ContactsOwner } from "../contacts_port.ts";
import type { Model } from "../view/model.ts";
import type { ChatRun } from "./chat_run.ts";
import type { HiddenContacts } from "./launcher.tsx";
import type { FormGate } from "./form_gate.ts";
import { OnDemand } from "./on_demand.ts";
import { type ChatNotice, placeText, type Waiting } from "./queue.ts";

/** Views that few visitors need, or not before a contact has begun. Their code
 * loads when they are needed. */
export class RareViews {
  readonly #launcher;
  readonly #notices;

  constructor({ clock, changed }: Pick<ContactsOwner, "clock" | "changed">) {
    const events = { clock, changed: () => changed() };
    this.#launcher = new OnDemand(() => import("./launcher.tsx"), events);
    this.#notices = new OnDemand(() => import("./notices.tsx"), events);
  }

  /** Renders what a closed panel shows of these contacts, if there is something
   * to show. The code loads before the panel closes, but not while a call only
   * begins. */
  behind(contacts: HiddenContacts, model: Model): Behind | undefined {
    const { run, call } = contacts;
    const isBusy = call || run.unread > 0 || run.running;
    if (!isBusy) return undefined;
    const isEarly = model.open && !run.running &&
      !/alerting|connected/.test(call?.call.state ?? "");
    const code = isEarly ? this.#launcher.code : this.#launcher.need();
    const queue = run.chat?.queue;
    const place = queue && { place: placeText(queue, model.text) };
    return code?.behindView({ ...contacts, ...place }, model);
  }

  /** Renders what the visitor should know about the chat, if anything. */
  chatNotice(
    run: ChatRun,
    form: FormGate,
    model: Model,
  ): ChatNotice | undefined {
    const { chat } = run;
    if (chat?.queue) {
      const waiting: Waiting = {
        place: chat.queue,
        kind: "chat",
        agent: chat.agent.id,
        leave() {
          run.reopen(chat); // The visitor keeps the text.
          run.leave();
        },
        message: () => form.leave(run),
        contact(card) {
          run.reopen(chat);
          model.act.contact("chat", card);
        },
      };
      const place = placeText(chat.queue, model.text);
      const notice = this.queueNotice(waiting, model);
      return {
        text: `${place} ${notice?.text ?? ""}`.trim(),
        choices: notice?.choices,
      };
    }
    return chat?.idleEndsAt
      ? this.#notices.need()?.idleNotice(run, chat.idleEndsAt, model)
      : undefined;
  }

  /** Renders the rest of what a waiting visitor sees. */
  queueNotice(waiting: Waiting, model: Model): ChatNotice | undefined {
    return this.#notices.need()?.queueNotice(waiting, model);
  }
}

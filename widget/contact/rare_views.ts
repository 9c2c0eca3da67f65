import type { Behind, ContactsOwner } from "../contacts_port.ts";
import type { Model } from "../view/model.ts";
import type { ChatRun } from "./chat_run.ts";
import type { HiddenContacts } from "./launcher.tsx";
import type { Notice } from "./notices.tsx";
import { OnDemand } from "./on_demand.ts";

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
   * to show. */
  behind(contacts: HiddenContacts, model: Model): Behind | undefined {
    const { run, call } = contacts;
    const isBusy = call || run.unread > 0 || run.running;
    return isBusy
      ? this.#launcher.need()?.behindView(contacts, model)
      : undefined;
  }

  /** Renders what the visitor should know about the chat, if anything. */
  notice(run: ChatRun, model: Model): Notice | undefined {
    const endsAt = run.chat?.idleEndsAt;
    return endsAt
      ? this.#notices.need()?.idleNotice(run, endsAt, model)
      : undefined;
  }
}

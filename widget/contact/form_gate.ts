import type {
  FormMemory,
  FormOwner,
  FormParts,
  MessageForm,
} from "../inquiry/port.ts";
import type { Model } from "../view/model.ts";
import { isUnanswered } from "./chat_lines.ts";
import type { ChatRun } from "./chat_run.ts";
import type { PageChat } from "./chat_state.ts";
import type { Memory } from "./memory.ts";
import { OnDemand, type OnDemandEvents } from "./on_demand.ts";

const loadForm = () => import("../inquiry/leave.tsx");
type FormCode = Awaited<ReturnType<typeof loadForm>>;

/** The widget as its service shows it now. */
export interface FormWidget {
  takesMessages(): boolean;
  isAvailable(agent: string): boolean;
}

/** Decides when a chat that has not begun becomes a form for a message, and loads
 * the form then. */
export class FormGate {
  readonly #owner: FormOwner;
  readonly #memory: FormMemory | undefined;
  readonly #widget: FormWidget;
  readonly #code: OnDemand<FormCode>;
  #form: MessageForm | undefined;
  #isShown: boolean;
  /** True if the visitor has chosen the form, so it stays when an agent comes
   * back. */
  #chosen: boolean;

  constructor(
    owner: Omit<FormOwner, "chosen" | "choose">,
    { clock, failed, memory, widget }: {
      clock: OnDemandEvents["clock"];
      /** Called if the form could not be loaded. */
      failed: () => void;
      memory?: FormMemory | undefined;
      widget: FormWidget;
    },
  ) {
    this.#owner = {
      ...owner,
      chosen: () => this.#chosen,
      choose: () => this.choose(),
    };
    this.#memory = memory;
    this.#widget = widget;
    this.#chosen = memory?.chosen ?? false;
    this.#isShown = memory !== undefined;
    this.#code = new OnDemand(loadForm, {
      clock,
      changed: () => this.#loaded(),
      failed: () => this.#isShown && failed(),
    });
    if (this.#isShown) this.#code.need();
  }

  /** The member of the tab's memory; none while there is no form. */
  get stored(): Pick<Memory, "form"> {
    const form = this.#form === undefined ? this.#memory : this.#form.memory;
    return form && this.#isShown ? { form } : {};
  }

  /** Makes a chat a message if it has ended before an agent joined it. */
  replace(run: ChatRun): void {
    const isLost = run.chat !== undefined && isUnanswered(run.chat);
    if (isLost && this.#widget.takesMessages()) this.leave(run);
  }

  /** Makes a chat that has not begun, waits or has ended, a message. */
  leave(run: ChatRun): void {
    const { chat } = run;
    if (chat && (chat.queue || isUnanswered(chat))) run.reopen(chat);
    else if (chat?.state === "over") run.open(chat.agent);
    this.choose();
    this.#owner.changed();
  }

  choose(chosen = true): void {
    this.#chosen = chosen;
    if (!chosen && this.#form?.isBusy) this.#form.reset();
  }

  /** Returns the parts of the form if it takes the place of this chat, as soon as
   * they are loaded. */
  parts(chat: PageChat, model: Model): FormParts | undefined {
    const isWanted = this.#chosen || this.#form?.isBusy === true ||
      !this.#widget.isAvailable(chat.agent.id);
    this.#isShown = isWanted && chat.state === "drafting" &&
      this.#widget.takesMessages();
    // It is loaded before it is needed, so that the chat becomes a form at once.
    if (this.#widget.takesMessages()) this.#code.need();
    return this.#isShown ? this.#form?.parts(chat, model) : undefined;
  }

  /** True if the composer sends a message, not the first line of a chat. Until
   * the form is loaded, the text stays. */
  send(): boolean {
    if (this.#isShown) this.#form?.send();
    return this.#isShown;
  }

  hear(value: unknown): void {
    this.#form?.hear(value);
  }

  refused(error: string): void {
    if (error === "bad-message") this.#form?.refused();
  }

  reconnected(): void {
    this.#form?.reconnected();
  }

  #loaded(): void {
    const code = this.#isShown ? this.#code.need() : this.#code.code;
    if (code) this.#form ??= code.createForm(this.#owner, this.#memory);
    this.#owner.changed();
  }
}

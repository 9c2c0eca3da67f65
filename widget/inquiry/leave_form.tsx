import { replyKind } from "@/lib/base/reply_address.ts";
import type { ContactMessage } from "@/lib/protocol/visitor/contact_messages.ts";
import type { PageChat } from "../contact/chat_state.ts";
import type { Model } from "../view/model.ts";
import type { Alert, FormFields, FormState } from "./form_state.ts";
import { Fields, Lead, Thanks } from "./parts.tsx";
import type { FormMemory, FormOwner, FormParts, MessageForm } from "./port.ts";

const WRITING: FormState = { state: "writing", alert: "" };

/** The form in which a visitor leaves a message. */
export class LeaveForm implements MessageForm, FormFields {
  readonly owner: FormOwner;
  state: FormState = WRITING;
  reply = "";
  checked = "";

  constructor(owner: FormOwner, memory?: FormMemory) {
    this.owner = owner;
    this.checked = owner.agreed();
    if (memory === undefined) return;
    this.reply = memory.reply;
    if (memory.id === "") return;
    this.state = { state: "sending", id: memory.id };
    if (owner.ready()) this.#say();
  }

  get isBusy(): boolean {
    return this.state.state !== "writing";
  }

  get memory(): FormMemory | undefined {
    const { state, reply } = this;
    if (state.state === "stored") return undefined;
    const id = state.state === "sending" ? state.id : "";
    const isEmpty = id === "" && reply === "" && this.owner.draft() === "";
    if (isEmpty) return undefined;
    return { reply, id, chosen: this.owner.chosen() };
  }

  get consent(): string {
    const version = this.owner.consent();
    return version === this.owner.agreed() ? "" : version;
  }

  parts(chat: PageChat, model: Model): FormParts {
    const { state } = this;
    if (state.state === "stored") {
      const lead = <Thanks form={this} number={state.number} model={model} />;
      return { lead, isSending: false, alert: "" };
    }
    return {
      lead: <Lead form={this} chat={chat} model={model} />,
      fields: <Fields form={this} model={model} />,
      isSending: state.state === "sending",
      alert: state.state === "writing" ? state.alert : "",
    };
  }

  /** A visitor who fills in the form has chosen it. */
  enter(reply: string): void {
    this.reply = reply;
    this.#chosen();
  }

  check(isChecked: boolean): void {
    this.checked = isChecked ? this.owner.consent() : "";
    this.#chosen();
  }

  send(): void {
    if (this.isBusy) return;
    const alert = this.#problem();
    if (alert !== "") return this.#move({ state: "writing", alert });
    if (!this.owner.canSend()) return; // The composer shows what is too long.
    if (this.consent !== "") this.owner.agree(this.checked);
    this.owner.choose();
    this.#move({ state: "sending", id: this.owner.newId() });
    this.#say();
  }

  hear(message: ContactMessage): void {
    const { state } = this;
    if (state.state !== "sending") return;
    if (message.mt !== "MessageStored" && message.mt !== "MessageRefused") {
      return;
    }
    if (message.id !== state.id) return;
    if (message.mt === "MessageStored") {
      this.#move({ state: "stored", number: message.number });
      return this.owner.sent();
    }
    if (message.consent !== undefined) {
      this.owner.agree("");
      this.checked = "";
    }
    this.#move({ state: "writing", alert: alertOf(message) });
  }

  refused(): void {
    if (this.state.state !== "sending") return;
    this.#move({ state: "writing", alert: "leaveFailed" });
  }

  reconnected(): void {
    if (this.state.state === "sending") this.#say();
  }

  reset(): void {
    this.#move(WRITING);
  }

  /** Returns the key of the text about the first invalid field, or "". */
  #problem(): Alert {
    const { owner } = this;
    if (owner.draft().trim() === "") return "messageHint";
    if (replyKind(this.reply.trim()) === undefined) return "replyMissing";
    return this.consent === this.checked || this.consent === ""
      ? ""
      : "agreeMissing";
  }

  #say(): void {
    const { state, owner } = this;
    const chat = owner.chat();
    if (state.state !== "sending" || chat === undefined) return;
    const dest = chat.agent.id;
    owner.send({
      mt: "LeaveMessage",
      id: state.id,
      dn: owner.name(),
      reply: this.reply.trim(),
      text: owner.draft().trim(),
      ...dest === "" ? {} : { dest },
    });
  }

  #chosen(): void {
    this.owner.choose();
    const { state } = this;
    if (state.state === "writing" && state.alert !== "") this.state = WRITING;
    this.owner.changed();
  }

  #move(state: FormState): void {
    this.state = state;
    this.owner.changed();
  }
}

function alertOf(
  { error, consent }: Extract<ContactMessage, { mt: "MessageRefused" }>,
): Alert {
  if (consent !== undefined) return "agreeMissing";
  switch (error) {
    case "rate-limited":
      return "tooMany";
    case "bad-message":
      return "replyMissing";
    case "proof-required":
      return "proofFailed";
    default:
      return "leaveFailed";
  }
}

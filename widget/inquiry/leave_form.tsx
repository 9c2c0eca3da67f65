import { replyKind } from "@/lib/base/reply_address.ts";
import type { CallbackTimes } from "@/lib/protocol/visitor/contact_messages.ts";
import type { Info } from "@/lib/protocol/visitor/session_messages.ts";
import type { PageChat } from "../contact/chat_state.ts";
import { isAvailable, type Model } from "../view/model.ts";
import { decodeFormMessage, type FormMessage } from "./decode.ts";
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
  slot: number | undefined;
  times: CallbackTimes | undefined;
  away: string | undefined;
  /** The agent whose times were asked for last. */
  #asked: string | undefined;
  /** The widget then. It may have other opening hours when it is saved. */
  #session: Model["session"] | undefined;

  constructor(owner: FormOwner, memory?: FormMemory) {
    this.owner = owner;
    this.checked = owner.agreed();
    if (memory === undefined) return;
    this.reply = memory.reply;
    if (typeof memory.slot === "number") this.slot = memory.slot;
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
    const { slot } = this;
    const wantCall = slot === undefined ? {} : { slot };
    return { reply, id, chosen: this.owner.chosen(), ...wantCall };
  }

  get consent(): string {
    const version = this.owner.consent();
    return version === this.owner.agreed() ? "" : version;
  }

  parts(chat: PageChat, model: Model): FormParts {
    const { state } = this;
    if (state.state === "stored") {
      const lead = <Thanks form={this} stored={state} model={model} />;
      return { lead, isSending: false, alert: "" };
    }
    const { id } = chat.agent;
    const isHere = (card: Info) => card.id === id && isAvailable(card);
    if (!model.cards.some(isHere)) this.away = id;
    // The widget may have stopped to offer callbacks.
    if (model.text("callback") === "") this.slot = undefined;
    else if (this.#asked !== id || this.#session !== model.session) {
      this.#session = model.session;
      this.#askTimes();
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

  wantCall(slot: number | undefined): void {
    this.slot = slot;
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

  hear(value: unknown): void {
    const message = decodeFormMessage(value);
    if (message?.mt === "CallbackTimes") return this.#offer(message);
    const { state, slot } = this;
    if (state.state !== "sending" || message?.id !== state.id) return;
    if (message.mt === "MessageStored") {
      this.#move({ state: "stored", number: message.number, slot });
      return this.owner.sent();
    }
    if (message.consent !== undefined) {
      this.owner.agree("");
      this.checked = "";
    }
    const alert = alertOf(message, slot !== undefined);
    if (alert === "slotTaken") this.#askTimes();
    this.#move({ state: "writing", alert });
  }

  refused(): void {
    if (this.state.state !== "sending") return;
    this.#move({ state: "writing", alert: "leaveFailed" });
  }

  reconnected(): void {
    if (this.state.state === "sending") this.#say();
    if (this.slot !== undefined) this.#askTimes();
  }

  reset(): void {
    this.slot = undefined;
    this.#move(WRITING);
  }

  /** Returns the key of the text about the first invalid field, or "". */
  #problem(): Alert {
    const { owner } = this;
    if (owner.draft().trim() === "") return "messageHint";
    const kind = replyKind(this.reply.trim());
    if (this.slot !== undefined && kind !== "phone") return "numberWrong";
    if (kind === undefined) return "replyMissing";
    return this.consent === this.checked || this.consent === ""
      ? ""
      : "agreeMissing";
  }

  #say(): void {
    const { state, owner } = this;
    const chat = owner.chat();
    if (state.state !== "sending" || chat === undefined) return;
    const { slot } = this;
    owner.send({
      mt: "LeaveMessage",
      id: state.id,
      dn: owner.name(),
      reply: this.reply.trim(),
      text: owner.draft().trim(),
      ...destOf(chat),
      ...slot === undefined ? {} : { callback: slot ? { at: slot } : {} },
    });
  }

  #askTimes(): void {
    const chat = this.owner.chat();
    if (chat === undefined || !this.owner.ready()) return;
    this.#asked = chat.agent.id;
    this.owner.send({ mt: "GetCallbackTimes", ...destOf(chat) });
  }

  #offer(times: CallbackTimes): void {
    this.times = times;
    if (times.never && !this.isBusy) this.slot = undefined;
    const isFree = this.slot !== undefined && times.slots.includes(this.slot);
    // The answer to a message that is being sent says whether its slot is free.
    if (this.slot && !isFree && !this.isBusy) this.slot = 0;
    this.owner.changed();
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

function destOf({ agent: { id } }: PageChat): { dest?: string } {
  return id === "" ? {} : { dest: id };
}

function alertOf(
  { error, consent, field }: Extract<FormMessage, { mt: "MessageRefused" }>,
  isCallback: boolean,
): Alert {
  if (consent !== undefined) return "agreeMissing";
  switch (error) {
    case "rate-limited":
      return "tooMany";
    case "bad-message":
      if (field === "callback") return "slotTaken";
      if (field === "country") return "numberRefused";
      return isCallback ? "numberWrong" : "replyMissing";
    case "proof-required":
      return "proofFailed";
    default:
      return "leaveFailed";
  }
}

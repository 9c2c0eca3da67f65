import { hasVideo, type PhoneMedia } from "./media.ts";
import { facility, isJson, type Json, listOf, textOf } from "./messages.ts";
import { Mailbox } from "./mailbox.ts";
import { kindsOf } from "./phone_sdp.ts";

export type SendSignal = (sig: Json) => void;

/** A call as the phone of a user sees it. Signals as in the SDK's PbxSignal. */
export class PhoneCall {
  readonly visitorName: string;
  readonly setup: Json;
  /** Keys that the visitor pressed. */
  digits = "";
  state: "ringing" | "connected" | "ended" = "ringing";
  /** The cause with which the other side ended the call. */
  cause: number | undefined;
  readonly #send: SendSignal;
  readonly #media: PhoneMedia;
  readonly #ended = Promise.withResolvers<void>();
  readonly #offers = new Mailbox<void>();
  readonly #answers = new Mailbox<void>();
  readonly #keys = new Mailbox<void>();
  #proposal: Json;

  constructor(setup: Json, send: SendSignal, media: PhoneMedia) {
    this.setup = setup;
    this.visitorName = textOf(facility(setup, "name_identification")?.name);
    this.#proposal = isJson(setup.channels) ? setup.channels : {};
    this.#send = send;
    this.#media = media;
    media.onKey = (digit) => this.#press(digit);
  }

  get video(): boolean {
    return hasVideo(this.#proposal);
  }

  proceed(): void {
    this.#send({ type: "call_proc" });
  }

  ring(): void {
    this.#send({ type: "alert" });
  }

  async answer(name = ""): Promise<void> {
    if (this.state !== "ringing") return;
    if (!isJson(this.setup.channels)) return await this.#answerAndOffer();
    const channels = await this.#answered(this.#proposal);
    if (this.isOver) return;
    this.state = "connected";
    const fty = [{ type: "name_identification", name }];
    const named = name === "" ? {} : { fty };
    this.#send({ type: "conn", ...named, channels_cmd: "SELECT", channels });
  }

  /** A setup without media gets an offer with the answer. */
  async #answerAndOffer(): Promise<void> {
    const channels = await this.#media.offer();
    if (this.state !== "ringing") return;
    this.state = "connected";
    this.#send({ type: "conn", channels_cmd: "PROPOSAL", channels });
  }

  /** Returns the answer to an offer. An impossible offer ends the call. */
  async #answered(proposal: Json): Promise<Json> {
    try {
      if (kindsOf(proposal).length > 0) {
        return await this.#media.answer(proposal);
      }
    } catch (error) {
      console.error("A phone cannot take an offer:", error);
    }
    this.hangUp(88);
    return {};
  }

  /** Declines while it rings, hangs up when answered. */
  hangUp(cause = this.state === "ringing" ? 21 : 16): void {
    if (this.isOver) return;
    this.#send({ type: "rel", cau: { num: cause } });
    this.#end();
  }

  /** Disconnects as a trunk does: the call has ended, but the tone may
   * continue. */
  disconnect(cause: number): void {
    this.#send({ type: "disc", cau: { num: cause } });
  }

  hold(): void {
    this.#send({ type: "facility", fty: [{ type: "hold_notify" }] });
  }

  retrieve(): void {
    this.#send({ type: "facility", fty: [{ type: "retrieve_notify" }] });
  }

  /** Holds by closing the media, without a notification. */
  closeMedia(): void {
    this.#send({ type: "channels", channels_cmd: "CLOSE" });
  }

  /** Holds by an offer without media. */
  async offerHold(): Promise<void> {
    const offer = await this.#media.offer();
    const channels = { ...offer, audio_setup_role: "holdconn" };
    this.#send({ type: "channels", channels_cmd: "PROPOSAL", channels });
  }

  /** Sends a new offer, as a hold with music or a transfer does. */
  async offer(): Promise<void> {
    const channels = await this.#media.offer();
    this.#send({ type: "channels", channels_cmd: "PROPOSAL", channels });
  }

  /** Lets another phone take the call over: a new offer, and a notification. */
  async transfer(name: string): Promise<void> {
    const fty = [{ type: "ct_complete", remote_name: name }];
    this.#send({ type: "facility", fty });
    await this.offer();
  }

  gotAnswer(): Promise<void> {
    return this.#answers.next();
  }

  gotOffer(): Promise<void> {
    return this.#offers.next();
  }

  /** Resolves when this number of keys have been pressed. */
  async gotDigits(count: number): Promise<void> {
    while (this.digits.length < count) await this.#keys.next();
  }

  ended(): Promise<void> {
    return this.#ended.promise;
  }

  get isOver(): boolean {
    return this.state === "ended";
  }

  /** Sends any signal, even an invalid one. */
  raw(sig: Json): void {
    this.#send(sig);
  }

  /** Handles a signal of the service. */
  async signal(sig: Json): Promise<void> {
    if (sig.type === "rel" || sig.type === "disc") {
      const { num } = isJson(sig.cau) ? sig.cau : { num: undefined };
      this.cause = typeof num === "number" ? num : undefined;
      return this.#end();
    }
    for (const { type, control, digit } of listOf(sig.fty)) {
      if (type === "innovaphone_remote_control" && control === "DTMF_DIGIT") {
        this.#press(textOf(digit));
      }
    }
    if (!isJson(sig.channels)) return;
    if (sig.channels_cmd === "SELECT") {
      await this.#media.accept(sig.channels);
      this.#answers.put();
    } else if (sig.channels_cmd === "PROPOSAL") {
      this.#proposal = sig.channels;
      const channels = await this.#answered(sig.channels);
      if (this.isOver) return;
      this.#send({ type: "channels", channels_cmd: "SELECT", channels });
      this.#offers.put();
    }
  }

  #press(digit: string): void {
    this.digits += digit;
    this.#keys.put();
  }

  /** Ends the call on the phone too, because the link is lost. */
  lose(): void {
    this.#end();
  }

  #end(): void {
    if (this.isOver) return;
    this.state = "ended";
    void this.#media.close();
    this.#ended.resolve();
  }
}

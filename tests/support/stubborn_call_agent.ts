import type { CallPageMessage } from "@/lib/protocol/desk/page_messages.ts";
import type { ServiceMessage } from "@/lib/protocol/desk/service_messages.ts";
import { named, nameOf, sampleAnswer } from "./sdp.ts";
import { StubbornDesk } from "./stubborn_desk.ts";

type Numbered = Extract<CallPageMessage, { n: number }>;
type CallView = Extract<ServiceMessage, { type: "call" }>["call"];

/** An agent's page that keeps one call whenever the service is available: takes
 * it, answers every offer, and repeats what the service has not received. It says
 * the names of its answers, and reads those of the offers. */
export class StubbornCallAgent extends StubbornDesk {
  readonly #page = crypto.randomUUID();
  #call: string | undefined;
  /** Numbers of the last message from the service, and to it. */
  #received = 0;
  #sent = 0;
  #outbox: Numbered[] = [];

  protected hello() {
    const call = this.#call;
    const known = call === undefined ? [] : [{ call, heard: this.#received }];
    return { page: this.#page, calls: known };
  }

  protected hear(message: ServiceMessage): void {
    if (message.type === "welcome") this.#resume(message.calls);
    if (message.type === "call") this.#show(message.call);
    if (message.type === "call-media" && message.n > this.#received) {
      this.#received = message.n;
      if (message.media.cmd === "PROPOSAL") this.#answer(message.media.sdp);
    }
  }

  #resume(calls: readonly CallView[]): void {
    for (const call of calls) {
      if (call.state === "ringing") this.#show(call);
      if (call.id === this.#call && call.state === "taken") {
        this.#outbox = this.#outbox.filter(({ n }) => n > call.heard);
        for (const message of this.#outbox) this.say(message);
      }
    }
    const isKnown = calls.some(({ id }) => id === this.#call);
    if (this.#call !== undefined && !isKnown) this.lost++;
  }

  #show(call: CallView): void {
    if (call.state === "ringing" && this.#call === undefined) {
      this.#call = call.id;
      this.say({ type: "ringing", contact: call.id });
      this.#say((call, n) => ({ type: "call-take", call, n }));
    }
    if (call.state === "ended" && call.id === this.#call) {
      this.ends.push(call.cause);
    }
  }

  /** Answers the first offer, which has no name, or a later one. */
  #answer(offer: string): void {
    const name = nameOf(offer);
    const sdp = named(sampleAnswer(), name);
    if (this.said.length === 0 && name === "-") {
      return this.#say((call, n) => ({ type: "call-answer", call, n, sdp }));
    }
    const media = { cmd: "SELECT", sdp } as const;
    if (this.read.at(-1) !== name) {
      this.read.push(name);
      this.said.push(name);
    }
    this.#say((call, n) => ({ type: "call-media", call, n, media }));
    this.onRead();
  }

  #say(make: (call: string, n: number) => Numbered): void {
    if (this.#call === undefined) return;
    const message = make(this.#call, ++this.#sent);
    this.#outbox.push(message);
    this.say(message);
  }
}

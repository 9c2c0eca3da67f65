import type { CallPageMessage } from "@/lib/protocol/desk/page_messages.ts";
import type { ServiceMessage } from "@/lib/protocol/desk/service_messages.ts";
import { DeskAgent } from "./desk_agent.ts";
import { Heard } from "./heard.ts";
import { named, nameOf, sampleAnswer } from "./sdp.ts";

type Numbered = Extract<CallPageMessage, { n: number }>;
type CallView = Extract<ServiceMessage, { type: "call" }>["call"];

/** An agent's page that keeps one call whenever the service is available, as the
 * desk does: takes it, answers every offer, and repeats what the service has not
 * received. */
export class StubbornCallAgent {
  /** Names of its answers, and of the offers. */
  readonly said: string[] = [];
  readonly read: string[] = [];
  isWriting = true;
  /** Called with each offer. */
  onRead: () => void = () => {};
  /** Causes with which the call has ended. */
  readonly ends: number[] = [];
  /** Number of times that the service did not know the call any more. */
  lost = 0;
  readonly #page = crypto.randomUUID();
  readonly #cookie: string;
  readonly #heard = new Heard<string>();
  #agent: DeskAgent | undefined;
  #call: string | undefined;
  /** Numbers of the last message from the service, and to it. */
  #received = 0;
  #sent = 0;
  #outbox: Numbered[] = [];

  constructor(cookie: string) {
    this.#cookie = cookie;
  }

  /** Connects; `gone` resolves when the connection is lost. */
  async connect(url: string): Promise<{ gone: Promise<void> }> {
    const call = this.#call;
    const heard = this.#received;
    this.#agent = await DeskAgent.connect(
      url,
      this.#cookie,
      (message, agent) => {
        this.#agent = agent;
        this.#hear(message);
      },
      [],
      { page: this.#page, calls: call === undefined ? [] : [{ call, heard }] },
    );
    return { gone: this.#agent.gone };
  }

  /** Resolves when its call has ended. */
  async ended(): Promise<void> {
    const isOver = () => this.ends.length > 0;
    if (!isOver()) await this.#heard.until(isOver);
  }

  drop(): void {
    this.#agent?.[Symbol.dispose]();
  }

  #hear(message: ServiceMessage): void {
    if (message.type === "welcome") this.#resume(message.calls);
    if (message.type === "call") this.#show(message.call);
    if (message.type === "call-media" && message.n > this.#received) {
      this.#received = message.n;
      if (message.media.cmd === "PROPOSAL") this.#answer(message.media.sdp);
    }
    this.#heard.tell(message.type);
  }

  #resume(calls: readonly CallView[]): void {
    for (const call of calls) {
      if (call.state === "ringing") this.#show(call);
      if (call.id === this.#call && call.state === "taken") {
        this.#outbox = this.#outbox.filter(({ n }) => n > call.heard);
        for (const message of this.#outbox) this.#agent?.say(message);
      }
    }
    const isKnown = calls.some(({ id }) => id === this.#call);
    if (this.#call !== undefined && !isKnown) this.lost++;
  }

  #show(call: CallView): void {
    if (call.state === "ringing" && this.#call === undefined) {
      this.#call = call.id;
      this.#agent?.say({ type: "ringing", contact: call.id });
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
    this.#agent?.say(message);
  }
}

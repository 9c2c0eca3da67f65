import { Bridge } from "@/lib/contact/bridge.ts";
import type {
  Believed,
  ContactRequest,
  SeatContacts,
} from "@/lib/contact/seat_contacts.ts";
import type { ChannelsMessage } from "@/lib/protocol/visitor/client_messages.ts";
import type { PageMove } from "@/lib/contact/call_state.ts";
import type { ContactLimits } from "@/lib/contact/plan.ts";
import type { Visitor, VisitorMessage } from "@/lib/contact/ports.ts";
import type { ContactRecord } from "@/lib/model/contact_record.ts";
import { FakeAgents, type FakeCall, type FakeChat } from "./fake_agents.ts";
import { FakeClock } from "./fake_clock.ts";
import { sampleAnswer, sampleOffer } from "./sdp.ts";

export const ADA: Visitor = {
  name: "Ada",
  widget: { uuid: "fadc5da4cae94bfc9434d9957ea08ccb", name: "Cards" },
  lang: "en",
  consent: "0123456789abcdef",
};

/** The requests of a visitor's page, for the bridge. */
class BridgePage {
  readonly #contacts: SeatContacts;

  constructor(contacts: SeatContacts) {
    this.#contacts = contacts;
  }

  createCall(request: ContactRequest & { video: boolean }): void {
    this.#contacts.createCall(request);
  }

  channels({ mt: _, contact, peer, ...channels }: ChannelsMessage): void {
    const named = { ...contact && { contact }, ...peer && { peer } };
    this.#contacts.call.dispatch({ type: "channels", channels, ...named });
  }

  move(move: PageMove): void {
    this.#contacts.call.dispatch({ type: "move", move });
  }

  dtmf(digits: string): void {
    this.#contacts.call.dispatch({ type: "dtmf", digits });
  }

  clearCall(): void {
    this.#contacts.call.dispatch({ type: "clear" });
  }

  createChat(request: ContactRequest): void {
    this.#contacts.createChat(request);
  }

  message(id: string, text: string, of: { contact?: string } = {}): void {
    this.#contacts.chat.dispatch({ type: "message", id, text, ...of });
  }

  typing(typing: boolean): void {
    this.#contacts.chat.dispatch({ type: "typing", typing });
  }

  read(seq: number): void {
    this.#contacts.chat.dispatch({ type: "read", seq });
  }

  keep(): void {
    this.#contacts.chat.dispatch({ type: "keep" });
  }

  clearChat(): void {
    this.#contacts.chat.dispatch({ type: "clear" });
  }

  away(): void {
    this.#contacts.chat.dispatch({ type: "away" });
  }

  readonly knows = (contact: string | undefined): boolean =>
    this.#contacts.knows(contact);

  back(seq: number, believed?: Believed): void {
    this.#contacts.back(seq, believed);
  }

  close(): void {
    this.#contacts.close();
  }
}

/** The bridge between one visitor and agents in memory. */
export class TestBridge {
  readonly clock = new FakeClock();
  readonly agents = new FakeAgents(
    { address: "atlantis", name: "Atlantis", email: "" },
  );
  readonly records: ContactRecord[] = [];
  /** The messages for the visitor. */
  readonly told: VisitorMessage[] = [];
  readonly page: BridgePage;

  constructor(limits: Partial<ContactLimits> = {}) {
    const bridge = new Bridge({
      agents: this.agents,
      records: { add: (record) => Promise.resolve(this.records.push(record)) },
      clock: this.clock,
      limits,
    });
    this.page = new BridgePage(
      bridge.contacts({ tell: (message) => this.told.push(message) }),
    );
  }

  /** The legs so far, newest last. */
  get calls(): FakeCall[] {
    return this.agents.calls.all;
  }

  get chats(): FakeChat[] {
    return this.agents.chats.all;
  }

  /** Returns the messages since the last call. */
  look(): VisitorMessage[] {
    return this.told.splice(0);
  }

  create({ video = true } = {}): void {
    this.page.createCall({ address: "atlantis", visitor: ADA, video });
  }

  offer(sdp = sampleOffer()): void {
    this.page.channels({ cmd: "PROPOSAL", mt: "Channels", sdp });
  }

  /** Starts a call that rings. */
  ring(options?: { video?: boolean }): FakeCall {
    this.create(options);
    this.offer();
    const call = this.calls.at(-1);
    if (call === undefined) throw new Error("Cannot find the call");
    return call;
  }

  /** Starts a connected call and drops the messages until then. */
  connect(options?: { video?: boolean }): FakeCall {
    const call = this.ring(options);
    call.emit({ type: "connected", sdp: sampleAnswer() });
    this.look();
    return call;
  }

  openChat(request: Partial<ContactRequest> = {}): FakeChat {
    this.page.createChat({ address: "atlantis", visitor: ADA, ...request });
    const chat = this.chats.at(-1);
    if (chat === undefined) throw new Error("Cannot find the chat");
    return chat;
  }

  /**
   * Starts a chat whose agent has joined, and drops the messages until then.
   */
  join(request?: Partial<ContactRequest>): FakeChat {
    const chat = this.openChat(request);
    chat.emit({ type: "joined" });
    this.look();
    return chat;
  }
}

/** Returns `CallInfo terminated`. */
export function callOver(cause: number): VisitorMessage {
  return { mt: "CallInfo", state: "terminated", cause };
}

export function chatOver(cause: number): VisitorMessage {
  return { mt: "ChatInfo", state: "terminated", cause };
}

/** Summarizes message types and states: `CallInfo alerting`, `ChatAck`. */
export function brief(messages: readonly VisitorMessage[]): string[] {
  return messages.map((message) => {
    if ("state" in message) return `${message.mt} ${message.state}`;
    return "cmd" in message ? `${message.mt} ${message.cmd}` : message.mt;
  });
}

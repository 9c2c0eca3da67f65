import { CAUSE } from "@/lib/base/causes.ts";
import type {
  AgentFinder,
  AgentMatches,
  AgentPort,
  AgentQuery,
  CallCommand,
  CallEvent,
  CallLeg,
  ChatBefore,
  ChatCommand,
  ChatEvent,
  ChatLeg,
  OutgoingCall,
  OutgoingChat,
} from "@/lib/contact/ports.ts";
import type { Presence, TellPresence } from "@/lib/model/presence.ts";
import { Heard } from "./heard.ts";

export interface FakeAgent {
  address: string;
  name: string;
  email: string;
}

/** A bank of agents in memory that the test controls. */
export class FakeAgents implements AgentPort, AgentFinder {
  /** All calls and chats, oldest first. */
  readonly calls = new Heard<FakeCall>();
  readonly chats = new Heard<FakeChat>();
  readonly #agents = new Map<string, FakeAgent & { presence: Presence }>();
  readonly #lacks = new Map<string, "chat">();
  readonly #watches = new Map<string, Set<TellPresence>>();

  constructor(...agents: FakeAgent[]) {
    for (const agent of agents) this.add(agent);
  }

  add(agent: FakeAgent, presence: Presence = "online"): void {
    this.#agents.set(agent.address, { ...agent, presence });
    this.#tellWatches(agent.address);
  }

  remove(address: string): void {
    this.#agents.delete(address);
    this.#tellWatches(address);
  }

  /** True if the bank has this address, as a directory asks the desk. */
  owns(address: string): boolean {
    return this.#agents.has(address);
  }

  settled(): Promise<void> {
    return Promise.resolve();
  }

  setPresence(address: string, presence: Presence): void {
    const agent = this.#agents.get(address);
    if (agent === undefined) throw new RangeError(`Cannot find "${address}"`);
    agent.presence = presence;
    this.#tellWatches(address);
  }

  /** The agent can be called, but not written to. */
  setLack(address: string, lacks: "chat"): void {
    this.#lacks.set(address, lacks);
    this.#tellWatches(address);
  }

  /** Returns the number of watches of one address. */
  watching(address: string): number {
    return this.#watches.get(address)?.size ?? 0;
  }

  search(query: AgentQuery, signal: AbortSignal): Promise<AgentMatches> {
    const text = query.text.toLowerCase();
    const found = [...this.#agents.values()]
      .filter((agent) =>
        `${agent.name}\n${agent.address}`.toLowerCase().includes(text)
      )
      .sort((a, b) => a.name.localeCompare(b.name))
      .map(({ address, name, email }) => ({ address, name, email }));
    const from = Number(query.after ?? 0);
    const until = from + query.limit;
    return Promise.resolve().then(() => {
      signal.throwIfAborted();
      const agents = found.slice(from, until);
      return until < found.length
        ? { agents, next: String(until) }
        : { agents };
    });
  }

  watch(address: string, tell: TellPresence): Disposable {
    const watches = this.#watches.get(address) ?? new Set();
    this.#watches.set(address, watches);
    const own: TellPresence = (...said) => tell(...said);
    watches.add(own);
    own(...this.#stateOf(address));
    return { [Symbol.dispose]: () => watches.delete(own) };
  }

  dial(call: OutgoingCall, tell: (event: CallEvent) => void): CallLeg {
    const fake = new FakeCall(call, tell);
    if (this.owns(call.address)) this.calls.tell(fake);
    else queueMicrotask(() => fake.end(CAUSE.unallocated));
    return fake;
  }

  openChat(chat: OutgoingChat, tell: (event: ChatEvent) => void): ChatLeg {
    const fake = new FakeChat(chat, tell);
    if (this.owns(chat.address)) this.chats.tell(fake);
    else queueMicrotask(() => fake.end(CAUSE.unallocated));
    return fake;
  }

  resumeChat(
    chat: OutgoingChat,
    tell: (event: ChatEvent) => void,
    before: ChatBefore,
  ): ChatLeg | undefined {
    if (!this.owns(chat.address)) return undefined;
    const fake = new FakeChat(chat, tell, before);
    this.chats.tell(fake);
    return fake;
  }

  /** Ends all calls and chats, as when a link is cut. */
  lose(): void {
    for (const fake of [...this.calls.all, ...this.chats.all]) {
      fake.end(CAUSE.outOfOrder);
    }
    for (const address of this.#agents.keys()) {
      this.setPresence(address, "offline");
    }
  }

  #stateOf(address: string): Parameters<TellPresence> {
    const presence = this.#agents.get(address)?.presence ?? "offline";
    const lacks = this.#lacks.get(address);
    return lacks === undefined ? [presence] : [presence, lacks];
  }

  #tellWatches(address: string): void {
    const state = this.#stateOf(address);
    for (const tell of [...this.#watches.get(address) ?? []]) tell(...state);
  }
}

/** A leg that records its commands, and sends the test's events. */
class FakeLeg<
  Command extends { type: string },
  Event extends { type: string },
> {
  readonly commands = new Heard<Command>();
  #over = false;

  constructor(
    readonly tellPeer: (event: Event | Ended) => void,
    readonly endings: ReadonlySet<string>,
  ) {}

  get over(): boolean {
    return this.#over;
  }

  send(command: Command): void {
    if (this.#over) return;
    this.commands.tell(command);
    if (!this.endings.has(command.type)) return;
    this.end("cause" in command ? Number(command.cause) : CAUSE.normal);
  }

  emit(event: Event): void {
    if (!this.#over) this.tellPeer(event);
  }

  /** Ends it from the agent's side; later calls do nothing. */
  end(cause: number): void {
    if (this.#over) return;
    this.#over = true;
    this.tellPeer({ type: "terminated", cause });
  }
}

type Ended = { type: "terminated"; cause: number };

export class FakeCall extends FakeLeg<CallCommand, CallEvent> {
  constructor(
    readonly call: OutgoingCall,
    tell: (event: CallEvent) => void,
  ) {
    super(tell, new Set(["hang-up"]));
  }
}

export class FakeChat extends FakeLeg<ChatCommand, ChatEvent> {
  constructor(
    readonly chat: OutgoingChat,
    tell: (event: ChatEvent) => void,
    /** Its state before a restart; absent for a new chat. */
    readonly before?: ChatBefore,
  ) {
    super(tell, new Set(["close"]));
  }

  /** Texts that the visitor wrote, in order. */
  get visitorTexts(): string[] {
    return this.chat.log.since(0)
      .filter((entry) => entry.from === "visitor")
      .map((entry) => entry.text);
  }
}

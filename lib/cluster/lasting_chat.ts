import { CAUSE } from "@/lib/base/causes.ts";
import type {
  AgentPort,
  ChatBefore,
  ChatCommand,
  ChatEvent,
  ChatLeg,
  ChatLog,
  OutgoingChat,
} from "@/lib/contact/ports.ts";

/** Messages of the agent that wait for their numbers; another one ends the
 * chat. */
const UNLOGGED_MAX = 1_000;

/** A chat at a bank, whose home can change. */
export class LastingChat {
  readonly #chat: OutgoingChat;
  readonly #onOver: (cause: number) => void;
  #tell: (event: ChatEvent) => void;
  #log: ChatLog;
  /** The bank's leg. */
  #bank: ChatLeg | undefined;
  /** The home's leg; earlier ones do nothing. */
  #home: ChatLeg;
  /** The last entry that the bank has got. */
  #last: number;
  /** The events that a home may have missed. */
  #alerted: ChatEvent & { type: "alerting" } | undefined;
  #joined: ChatEvent & { type: "joined" } | undefined;
  #read = 0;
  #unlogged: (ChatEvent & { type: "message" })[] = [];

  constructor(
    chat: OutgoingChat,
    tell: (event: ChatEvent) => void,
    onOver: (cause: number) => void,
  ) {
    this.#chat = chat;
    this.#log = chat.log;
    this.#tell = tell;
    this.#onOver = onOver;
    this.#home = this.#newHome();
    this.#last = lastOf(chat.log);
  }

  open(bank: AgentPort): ChatLeg {
    const log = { since: (seq: number) => this.#log.since(seq) };
    this.#bank = bank.openChat(
      { ...this.#chat, log },
      (event) => this.#hear(event),
    );
    return this.#home;
  }

  /** Gives the chat to its next home, which receives what it has missed after
   * this has returned. Its visitor is away. */
  reattach(
    { log }: Pick<OutgoingChat, "log">,
    tell: (event: ChatEvent) => void,
    before: ChatBefore,
  ): ChatLeg {
    this.#log = log;
    this.#tell = tell;
    const home = this.#newHome();
    this.#home = home;
    queueMicrotask(() => {
      if (this.#home !== home) return;
      this.#bank?.send({ type: "visitor", here: false });
      for (const entry of log.since(this.#last)) {
        this.#pass({ type: "entry", entry });
      }
      for (const event of this.#missedBy(before)) this.#tell(event);
    });
    return home;
  }

  #newHome(): ChatLeg {
    const home: ChatLeg = {
      send: (command) => {
        if (this.#home === home) this.#pass(command);
      },
    };
    return home;
  }

  #pass(command: ChatCommand): void {
    if (command.type === "entry") {
      const { seq, from, id } = command.entry;
      this.#last = Math.max(this.#last, seq);
      if (from === "agent") this.#forget(new Set([id]));
    }
    this.#bank?.send(command);
  }

  #hear(event: ChatEvent): void {
    switch (event.type) {
      case "alerting":
        this.#alerted = event;
        break;
      case "joined":
        this.#joined = event;
        break;
      case "read":
        this.#read = event.seq;
        break;
      case "message":
        if (this.#unlogged.length >= UNLOGGED_MAX) return this.#end();
        this.#unlogged.push(event);
        break;
      case "terminated":
        this.#onOver(event.cause);
    }
    this.#tell(event);
  }

  #end(): void {
    const cause = CAUSE.temporaryFailure;
    this.#bank?.send({ type: "close", cause });
    this.#hear({ type: "terminated", cause });
  }

  #missedBy({ alerted, joinedAt, read }: ChatBefore): ChatEvent[] {
    const agents = this.#log.since(0).filter(({ from }) => from === "agent");
    this.#forget(new Set(agents.map(({ id }) => id)));
    const missed: ChatEvent[] = [];
    if (this.#alerted && !alerted) missed.push(this.#alerted);
    if (this.#joined && joinedAt === undefined) missed.push(this.#joined);
    missed.push(...this.#unlogged);
    if (this.#read > read.agent) missed.push({ type: "read", seq: this.#read });
    return missed;
  }

  #forget(ids: ReadonlySet<string>): void {
    this.#unlogged = this.#unlogged.filter(({ id }) => !ids.has(id));
  }
}

function lastOf(log: ChatLog): number {
  return log.since(0).at(-1)?.seq ?? 0;
}

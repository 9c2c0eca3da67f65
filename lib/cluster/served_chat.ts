import * as v from "valibot";
import { CAUSE } from "@/lib/base/causes.ts";
import type { Clock } from "@/lib/base/clock.ts";
import { every } from "@/lib/base/every.ts";
import type {
  AgentPort,
  ChatEntry,
  ChatEvent,
  ChatLeg,
} from "@/lib/contact/ports.ts";
import {
  AGENT_LIMITS,
  ChatAgentMessage,
  ChatHomeMessage,
  type ChatOpening,
  isLater,
} from "./agent_messages.ts";
import type { Pipe, PipeEvents } from "./pipes.ts";

export interface ServedChatOptions {
  bank: AgentPort;
  clock: Pick<Clock, "after">;
  keepMs: number;
  /** Returns the chat's home as it is stored, if it is stored. */
  homeOf?(): Promise<string | undefined>;
  /** The bank has the chat. */
  onOpen(): void;
  /** The chat is no longer served. */
  onOver(): void;
  onBadMessage(): void;
}

/** Interval at which a chat without a home looks for the next one. */
const LOOK_MS = 1_000;
/** Looks that find another home before the chat ends, because this home has
 * continued it without this agent. */
const LOOKS = 10;

/**
 * A chat of another instance with an agent of this one. It mirrors the log, so
 * that the agent's pages can read it here. If its home dies, the chat stays for
 * `keepMs`, until its next home continues it. One that only rings for one of
 * several agents ends, because its next home asks them again.
 */
export class ServedChat implements PipeEvents, Disposable {
  readonly #pipe: Pipe;
  readonly #opening: ChatOpening;
  readonly #options: ServedChatOptions;
  readonly #entries: ChatEntry[] = [];
  #leg: ChatLeg | undefined;
  #isOver = false;
  #isJoined = false;
  #timer: Disposable | undefined;
  #looking: Disposable | undefined;
  /** Number of looks that have found another home. */
  #found = 0;

  constructor(pipe: Pipe, opening: ChatOpening, options: ServedChatOptions) {
    this.#pipe = pipe;
    this.#opening = opening;
    this.#options = options;
    this.#isJoined = opening.before?.joinedAt !== undefined;
  }

  /** The instance that is its home; undefined while no instance is. */
  get home(): string | undefined {
    return this.#isOver || this.#timer ? undefined : this.#pipe.to;
  }

  /** True if the bank has it. */
  get isOpen(): boolean {
    return this.#leg !== undefined;
  }

  /** Opens the chat at the bank as soon as the log is complete. */
  start(): void {
    if (this.#entries.length < this.#opening.entries) return;
    const { chat, before } = this.#opening;
    const { bank } = this.#options;
    const log = { since: (seq: number) => this.#entries.slice(seq) };
    const tell = (event: ChatEvent) => this.#tell(event);
    this.#leg = before === undefined
      ? bank.openChat({ ...chat, log }, tell)
      : bank.resumeChat?.({ ...chat, log }, tell, before);
    if (this.#leg !== undefined) return this.#options.onOpen();
    this.#finish();
    this.#pipe.send({ type: "unknown" });
    this.#pipe.close();
  }

  message(message: unknown): void {
    if (this.#isOver || isLater(message)) return;
    const read = v.safeParse(ChatHomeMessage, message);
    if (!read.success || !this.#obey(read.output)) this.#reject();
  }

  /** The chat's home is dead. */
  broken(): void {
    if (this.#isOver) return;
    if (this.#leg === undefined) return this.#finish();
    const { chat: { ofTeam, offeredBy } } = this.#opening;
    const isOneOfSeveral = ofTeam || offeredBy !== undefined;
    if (isOneOfSeveral && !this.#isJoined) return this.#close();
    this.#leg.send({ type: "visitor", here: false });
    const { clock, keepMs } = this.#options;
    this.#timer = clock.after(keepMs, () => this.#close());
    if (isOneOfSeveral) {
      this.#looking = every(clock, LOOK_MS, () => void this.#look());
    }
  }

  /** The home may have died before it has stored that this agent has the chat. */
  async #look(): Promise<void> {
    const home = await this.#options.homeOf?.().catch(() => undefined);
    const isContinued = home !== undefined && home !== this.#pipe.to;
    if (!this.#isOver && isContinued && ++this.#found === LOOKS) this.#close();
  }

  /** Another instance is the chat's home from now on. */
  replace(): void {
    if (this.#isOver) return;
    this.#finish();
    this.#pipe.send({ type: "replaced" });
    this.#pipe.close();
  }

  [Symbol.dispose](): void {
    if (!this.#isOver) this.#finish();
  }

  /** Returns false if the message must not come now. */
  #obey(message: ChatHomeMessage): boolean {
    switch (message.type) {
      case "log":
        return this.#addLog(message.entries);
      case "moved":
        this.#finish();
        this.#leg?.forget?.();
        this.#pipe.close();
        return true;
      case "entry":
        if (!this.#mirror(message.entry)) return false;
    }
    this.#leg?.send(message);
    return this.#leg !== undefined;
  }

  #addLog(entries: readonly ChatEntry[]): boolean {
    const isMissing = this.#entries.length + entries.length <=
      this.#opening.entries;
    if (this.#leg !== undefined || !isMissing) return false;
    if (!entries.every((entry) => this.#mirror(entry))) return false;
    this.start();
    return true;
  }

  /** Returns false for an entry after a gap, or beyond the limit. */
  #mirror(entry: ChatEntry): boolean {
    const next = this.#entries.length + 1;
    if (entry.seq < next) return true; // Acknowledged again.
    if (entry.seq > next || next > AGENT_LIMITS.entries) return false;
    this.#entries.push(entry);
    return true;
  }

  #tell(event: ChatEvent): void {
    if (this.#isOver) return;
    if (!v.is(ChatAgentMessage, event)) return this.#reject();
    if (event.type === "joined") this.#isJoined = true;
    const isEnd = event.type === "terminated";
    if (isEnd) this.#finish();
    this.#pipe.send(event);
    if (isEnd) this.#pipe.close();
  }

  #reject(): void {
    this.#options.onBadMessage();
    if (this.#leg !== undefined) return this.#close();
    this.#tell({ type: "terminated", cause: CAUSE.temporaryFailure });
  }

  #close(): void {
    this.#leg?.send({ type: "close", cause: CAUSE.temporaryFailure });
  }

  #finish(): void {
    this.#isOver = true;
    this.#timer?.[Symbol.dispose]();
    this.#looking?.[Symbol.dispose]();
    this.#options.onOver();
  }
}

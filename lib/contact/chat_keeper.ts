import { getLogger } from "@logtape/logtape";
import type { Clock } from "@/lib/base/clock.ts";
import { type Counters, NOT_COUNTED } from "@/lib/base/counters.ts";
import { UntilDone } from "@/lib/base/until_done.ts";
import type {
  ChatChange,
  ChatEntry,
  KeptChat,
  RunningChat,
} from "@/lib/model/running_chat.ts";

/** Where running chats are kept: the RunningChatStore. */
export interface ChatShelf {
  write(changes: readonly ChatChange[]): Promise<void>;
  all(): AsyncIterable<KeptChat>;
}

/** A store that has not answered by then does not hold up a chat. */
export const KEEP_WITHIN_MS = 1_000;
const RETRY = { firstMs: 250, maxMs: 10_000 };
/** Characters of all entries that are handed to the store at once. */
const ROUND_CHARACTERS_MAX = 200_000;
/** As many as forgetting one chat counts for: the store has to look for it. */
const GONE_CHARACTERS = 5_000;

/** A round that failed so often is written chat by chat. */
const FAILURES_TOGETHER_MAX = 3;
/** If so many chats fail before the first one is written, it is the store. */
const FAILURES_APART_MAX = 3;

const log = getLogger(["widgets", "contact"]);

/** What has to be written of one chat. */
interface Unwritten {
  chat?: RunningChat;
  entries: ChatEntry[];
  isGone?: true;
}

/**
 * Keeps running chats so that they outlive the process. One write is on its way
 * at a time; what comes meanwhile waits for the next and goes together. Who asks
 * to be told is told when it is written, or, as long as the store does not
 * answer or refuses, at once: chats go on, and what is unwritten is tried again.
 * It holds entries that the chats hold too, so it is as bounded as they are.
 */
export class ChatKeeper {
  readonly #shelf: ChatShelf;
  readonly #clock: Clock;
  readonly #counters: Counters;
  readonly #unwritten = new Map<string, Unwritten>();
  #waiting: (() => void)[] = [];
  readonly #rounds: UntilDone;
  /** Rounds that have failed one after the other. */
  #failures = 0;
  #isLate = false;

  constructor({ shelf, clock, counters = NOT_COUNTED }: {
    shelf: ChatShelf;
    clock: Clock;
    /** Counts `chat_writes_failed`. */
    counters?: Counters;
  }) {
    this.#shelf = shelf;
    this.#clock = clock;
    this.#counters = counters;
    this.#rounds = new UntilDone(() => this.#write(), {
      clock,
      backoff: RETRY,
      onError: (error) => this.#fail(error),
    });
  }

  /** Whether chats go on without being kept. */
  get isFailing(): boolean {
    return this.#failures > 0 || this.#isLate;
  }

  /** What was kept when the process before this one ended. */
  all(): AsyncIterable<KeptChat> {
    return this.#shelf.all();
  }

  /** Keeps what is known of a chat, beside its entries. */
  keep(chat: RunningChat): void {
    this.#of(chat.id).chat = chat;
    this.#go();
  }

  /** Keeps a new entry. */
  add(id: string, entry: ChatEntry): void {
    this.#of(id).entries.push(entry);
    this.#go();
  }

  /** Keeps nothing of it any more. */
  forget(id: string): void {
    this.#unwritten.set(id, { entries: [], isGone: true });
    this.#go();
  }

  /** Calls `run` once when all that was kept until now is written. */
  whenWritten(run: () => void): void {
    if (this.isFailing) run();
    else this.#waiting.push(run);
  }

  /** Resolves when everything is written, or the store fails. */
  async settled(): Promise<void> {
    if (!this.isFailing) await this.#rounds.settled();
  }

  #of(id: string): Unwritten {
    const known = this.#unwritten.get(id);
    if (known !== undefined) return known;
    const unwritten = { entries: [] };
    this.#unwritten.set(id, unwritten);
    return unwritten;
  }

  /** After a failure, the next round waits for its time. */
  #go(): void {
    if (this.#failures === 0) void this.#rounds.join();
  }

  async #write(): Promise<void> {
    await Promise.resolve(); // What is said in the same turn goes together.
    const { changes, isAll } = this.#take();
    // Who waits for what is left waits for the next round.
    const told = isAll ? this.#waiting.splice(0) : [];
    using _timer = this.#clock.after(KEEP_WITHIN_MS, () => this.#late(told));
    try {
      await this.#shelf.write(changes);
    } catch (error) {
      const left = await this.#writeApart(changes);
      if (left.length > 0) {
        for (const change of left) this.#putBack(change);
        this.#waiting.unshift(...told);
        throw error;
      }
    }
    this.#succeed();
    tellAll(told);
    if (this.#unwritten.size > 0) void this.#rounds.run();
  }

  /** Writes each chat of a round that has failed several times. A chat that cannot
   * be written while others can is given up. Returns what is to be tried again. */
  async #writeApart(
    changes: readonly ChatChange[],
  ): Promise<readonly ChatChange[]> {
    if (this.#failures + 1 < FAILURES_TOGETHER_MAX) return changes;
    const failed = new Map<string, unknown>();
    for (const [index, change] of changes.entries()) {
      const isDown = failed.size === index && index === FAILURES_APART_MAX;
      if (isDown || this.#isLate) return changes;
      await this.#shelf.write([change])
        .catch((error) => failed.set(change.id, error));
    }
    if (failed.size === changes.length) return changes;
    for (const [id, error] of failed) {
      this.#counters.count("chat_writes_failed", { why: "chat" });
      log.error(
        "Cannot store chat {id}, it continues in memory only: {error}",
        { id, error },
      );
    }
    return [];
  }

  #succeed(): void {
    if (this.isFailing) log.info("Chats are kept again");
    this.#failures = 0;
    this.#isLate = false;
  }

  #late(told: (() => void)[]): void {
    this.#isLate = true;
    this.#counters.count("chat_writes_failed", { why: "late" });
    log.warn("Cannot keep running chats in time: they go on in memory only");
    tellAll(told);
    tellAll(this.#waiting);
  }

  #fail(error: unknown): void {
    if (this.#failures++ === 0) {
      log.warn("Cannot keep running chats, trying again: {error}", { error });
    }
    this.#isLate = false;
    this.#counters.count("chat_writes_failed", { why: "refused" });
    tellAll(this.#waiting);
  }

  /** Puts back what could not be written, before what has come since. */
  #putBack(change: ChatChange): void {
    const since = this.#unwritten.get(change.id);
    if (since?.isGone) return;
    if (change.type === "gone") {
      this.#unwritten.set(change.id, { entries: [], isGone: true });
      return;
    }
    const chat = since?.chat ?? change.chat;
    this.#unwritten.set(change.id, {
      ...(chat && { chat }),
      entries: [...change.entries, ...since?.entries ?? []],
    });
  }

  /** The next changes to write, as many as one round takes. */
  #take(): { changes: ChatChange[]; isAll: boolean } {
    const changes: ChatChange[] = [];
    let room = ROUND_CHARACTERS_MAX;
    for (const [id, { chat, entries, isGone }] of this.#unwritten) {
      if (room <= 0) break;
      let count = 0;
      while (count < entries.length && room > 0) {
        room -= entries[count++]?.text.length ?? 0;
      }
      if (isGone) {
        changes.push({ type: "gone", id });
        room -= GONE_CHARACTERS;
      } else {
        const now = entries.slice(0, count);
        changes.push({ type: "kept", id, ...(chat && { chat }), entries: now });
      }
      const rest = entries.slice(count);
      if (rest.length === 0) this.#unwritten.delete(id);
      else this.#unwritten.set(id, { entries: rest });
    }
    return { changes, isAll: this.#unwritten.size === 0 };
  }
}

/** Calls each once, also if it is called again meanwhile. A mistake in one chat
 * is none of the others'. */
function tellAll(waiting: (() => void)[]): void {
  for (const run of waiting.splice(0)) {
    try {
      run();
    } catch (error) {
      log.error("Cannot go on with a chat: {error}", { error });
    }
  }
}

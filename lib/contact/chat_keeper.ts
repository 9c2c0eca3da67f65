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

/** The store for running chats: the RunningChatStore. */
export interface ChatStore {
  write(changes: readonly ChatChange[]): Promise<void>;
  all(): AsyncIterable<KeptChat>;
}

/** A chat waits no longer than this for the store. */
export const KEEP_WITHIN_MS = 1_000;
const RETRY = { firstMs: 250, maxMs: 10_000 };
/** Maximum number of characters in one round of writes. */
const ROUND_CHARACTERS_MAX = 200_000;
/** The cost of deleting one chat, in characters, because the store has to
 * search for it. */
const GONE_CHARACTERS = 5_000;

/** After this number of failures, a round is written chat by chat. */
const FAILURES_TOGETHER_MAX = 3;
/** If this number of chats fail before the first one is written, the store has
 * failed. */
const FAILURES_APART_MAX = 3;

const log = getLogger(["widgets", "contact"]);

/** The unwritten changes of one chat. */
interface Unwritten {
  chat?: RunningChat;
  entries: ChatEntry[];
  isGone?: true;
}

/**
 * Stores running chats so that they survive the process. One write is in flight
 * at a time; changes meanwhile are written together in the next one. A waiting
 * callback is called when the changes are written, or immediately while the
 * store does not answer or rejects writes: chats continue, and unwritten
 * changes are tried again. It holds only entries that the chats hold too, so
 * its memory has the same limits.
 */
export class ChatKeeper {
  readonly #store: ChatStore;
  readonly #clock: Clock;
  readonly #counters: Counters;
  readonly #unwritten = new Map<string, Unwritten>();
  #waiting: (() => void)[] = [];
  readonly #rounds: UntilDone;
  /** Number of successive failed rounds. */
  #failures = 0;
  #isLate = false;

  constructor({ store, clock, counters = NOT_COUNTED }: {
    store: ChatStore;
    clock: Clock;
    /** Counts `chat_writes_failed`. */
    counters?: Counters;
  }) {
    this.#store = store;
    this.#clock = clock;
    this.#counters = counters;
    this.#rounds = new UntilDone(() => this.#write(), {
      clock,
      backoff: RETRY,
      onError: (error) => this.#fail(error),
    });
  }

  /** True while chats continue without being stored. */
  get isFailing(): boolean {
    return this.#failures > 0 || this.#isLate;
  }

  /** Returns the chats that were stored when the previous process ended. */
  all(): AsyncIterable<KeptChat> {
    return this.#store.all();
  }

  /** Stores the data of a chat, besides its entries. */
  keep(chat: RunningChat): void {
    this.#of(chat.id).chat = chat;
    this.#go();
  }

  /** Stores a new entry. */
  add(id: string, entry: ChatEntry): void {
    this.#of(id).entries.push(entry);
    this.#go();
  }

  /** Deletes everything that is stored of the chat. */
  forget(id: string): void {
    this.#unwritten.set(id, { entries: [], isGone: true });
    this.#go();
  }

  /** Calls `run` once when all changes so far are written. */
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

  /** Starts a round; after a failure, the next round waits. */
  #go(): void {
    if (this.#failures === 0) void this.#rounds.join();
  }

  async #write(): Promise<void> {
    await Promise.resolve(); // Collects the changes of the same turn.
    const { changes, isAll } = this.#take();
    // Callbacks for the remaining changes wait for the next round.
    const told = isAll ? this.#waiting.splice(0) : [];
    using _timer = this.#clock.after(KEEP_WITHIN_MS, () => this.#late(told));
    try {
      await this.#store.write(changes);
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

  /** Writes each chat of a round that has failed several times. Gives up a
   * chat that cannot be written while others can. Returns the changes to try
   * again. */
  async #writeApart(
    changes: readonly ChatChange[],
  ): Promise<readonly ChatChange[]> {
    if (this.#failures + 1 < FAILURES_TOGETHER_MAX) return changes;
    const failed = new Map<string, unknown>();
    for (const [index, change] of changes.entries()) {
      const isDown = failed.size === index && index === FAILURES_APART_MAX;
      if (isDown || this.#isLate) return changes;
      await this.#store.write([change])
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
    if (this.isFailing) log.info("Storing chats works again");
    this.#failures = 0;
    this.#isLate = false;
  }

  #late(told: (() => void)[]): void {
    this.#isLate = true;
    this.#counters.count("chat_writes_failed", { why: "late" });
    log.warn("Storing chats is too slow; they continue in memory only");
    tellAll(told);
    tellAll(this.#waiting);
  }

  #fail(error: unknown): void {
    if (this.#failures++ === 0) {
      log.warn("Cannot store running chats, trying again: {error}", { error });
    }
    this.#isLate = false;
    this.#counters.count("chat_writes_failed", { why: "refused" });
    tellAll(this.#waiting);
  }

  /** Puts unwritten changes back, before the newer ones. */
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

  /** Returns the next changes to write, as many as fit into one round. */
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

/** Calls each callback once, even if it is called again meanwhile. One chat's
 * exception must not stop the others. */
function tellAll(waiting: (() => void)[]): void {
  for (const run of waiting.splice(0)) {
    try {
      run();
    } catch (error) {
      log.error("Cannot continue a chat: {error}", { error });
    }
  }
}

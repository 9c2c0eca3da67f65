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
import { UnwrittenChats } from "./unwritten_chats.ts";

/** The store for running chats: the RunningChatStore. */
export interface ChatStore {
  /** Returns the chats that another instance continues, so that nothing of them
   * was written. */
  write(changes: readonly ChatChange[]): Promise<readonly string[]>;
  all(): AsyncIterable<KeptChat>;
  /** Makes this instance the home of a chat whose home is dead, and returns it.
   * Returns undefined if it has another home, or is over. */
  claim(
    id: string,
    isDead: (home: string) => boolean | Promise<boolean>,
  ): Promise<KeptChat | undefined>;
  /** Returns the chats of a visitor's seat. */
  ofSeat(seat: string): Promise<readonly { id: string }[]>;
}

/** A chat waits no longer than this for the store. */
export const KEEP_WITHIN_MS = 1_000;
const RETRY = { firstMs: 250, maxMs: 10_000 };
/** After this time without the store, other instances that have it continue the
 * chats. */
export const LET_GO_AFTER_MS = 8_000;

/** After this number of failures, a round is written chat by chat. */
const FAILURES_TOGETHER_MAX = 3;
/** If this number of chats fail before the first one is written, the store has
 * failed. */
const FAILURES_APART_MAX = 3;

const log = getLogger(["widgets", "contact"]);

export interface ChatKeeperOptions {
  store: Pick<ChatStore, "write">;
  clock: Clock;
  /** True while another instance works that has the store. */
  canBeClaimed?: (() => boolean) | undefined;
  /** Counts `chat_writes_failed`. */
  counters?: Counters;
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
  readonly #store: ChatKeeperOptions["store"];
  readonly #clock: Clock;
  readonly #canBeClaimed: () => boolean;
  readonly #counters: Counters;
  readonly #unwritten = new UnwrittenChats();
  /** Callbacks by chat. */
  readonly #onClaimed = new Map<string, () => void>();
  #waiting: (() => void)[] = [];
  readonly #rounds: UntilDone;
  /** Number of successive failed rounds. */
  #failures = 0;
  #isLate = false;
  /** Start of the last round that succeeded, or of the first one after it. */
  #workedAt = 0;

  constructor(options: ChatKeeperOptions) {
    const { store, clock, counters = NOT_COUNTED } = options;
    this.#canBeClaimed = options.canBeClaimed ?? (() => false);
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

  /** Calls `onClaimed` if another instance continues the chat. Nothing more of
   * it is stored then, and no callback of it may be acknowledged. */
  watch(id: string, onClaimed: () => void): void {
    this.#onClaimed.set(id, onClaimed);
  }

  /** Stores the data of a chat, besides its entries. */
  keep(chat: RunningChat): void {
    this.#unwritten.of(chat.id).chat = chat;
    this.#go();
  }

  /** Stores a new entry. */
  add(id: string, entry: ChatEntry): void {
    this.#unwritten.of(id).entries.push(entry);
    this.#go();
  }

  /** Leaves the chat to any other process, after its last changes. */
  park(id: string): void {
    this.#onClaimed.delete(id);
    this.#unwritten.of(id).isParked = true;
    this.#go();
  }

  /** Deletes everything that is stored of the chat. */
  forget(id: string): void {
    this.#onClaimed.delete(id);
    this.#unwritten.delete(id);
    this.#go();
  }

  /** Calls `run` once when all changes so far are written. */
  whenWritten(run: () => void): void {
    if (this.isFailing && !this.#canBeClaimed()) run();
    else this.#waiting.push(run);
  }

  /** Resolves when everything is written, or the store fails. */
  async settled(): Promise<void> {
    if (!this.isFailing) await this.#rounds.settled();
  }

  /** Starts a round; after a failure, the next round waits. */
  #go(): void {
    if (this.#failures === 0) void this.#rounds.join();
  }

  async #write(): Promise<void> {
    await Promise.resolve(); // Collects the changes of the same turn.
    const { changes, isAll } = this.#unwritten.take();
    // Callbacks for the remaining changes wait for the next round.
    const told = isAll ? this.#waiting.splice(0) : [];
    if (!this.isFailing) this.#workedAt = this.#clock.now();
    using _timer = this.#clock.after(KEEP_WITHIN_MS, () => this.#late(told));
    try {
      this.#letGo(await this.#store.write(changes));
    } catch (error) {
      const left = await this.#writeApart(changes);
      if (left.length > 0) {
        for (const change of left) this.#unwritten.putBack(change);
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
        .then((claimed) => this.#letGo(claimed))
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
    if (this.#canBeClaimed()) {
      return log.warn("Storing chats is too slow; their messages wait");
    }
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
    if (!this.#canBeClaimed()) return tellAll(this.#waiting);
    const failedMs = this.#clock.now() - this.#workedAt;
    if (failedMs < LET_GO_AFTER_MS) return;
    log.error("Cannot store running chats, other instances continue them");
    this.#letGo([...this.#onClaimed.keys()]);
  }

  /** Another instance continues these chats, with what is stored of them. */
  #letGo(ids: readonly string[]): void {
    for (const id of ids) {
      this.#unwritten.drop(id);
      const onClaimed = this.#onClaimed.get(id);
      this.#onClaimed.delete(id);
      if (onClaimed !== undefined) tellAll([onClaimed]);
    }
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

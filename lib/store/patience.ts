import { backoffMs } from "@/lib/base/backoff.ts";
import { isPassing } from "./postgres/failure.ts";
import type {
  Expiry,
  ListOptions,
  StoreCommit,
  StoreEngine,
  StoreEntries,
  StoreRange,
} from "./store_engine.ts";

/** Delays while another program, such as a backup, holds the lock of the
 * file. */
const BACKOFF = { firstMs: 2, maxMs: 250 };

/** A store that has not answered within this time counts as failed. */
export const STORE_WITHIN_MS = 5_000;

/** The store has failed: no answer, disk full, connection lost. A write without
 * an answer may have been done anyway. */
export class StoreError extends Error {
  override name = "StoreError";
}

/**
 * Makes writes wait while another program writes to the same file. SQLite does
 * not wait for a commit that has read before; Deno KV rejects it with "database
 * is locked". Nothing was written then, so it can be tried again. A failed
 * request, or one without an answer within `withinMs`, rejects with a
 * StoreError, so that no caller waits forever.
 */
export function patient(
  kv: StoreEngine,
  withinMs = STORE_WITHIN_MS,
): StoreEngine {
  return new PatientEngine(kv, withinMs);
}

class PatientEngine implements StoreEngine {
  readonly #kv: StoreEngine;
  readonly #withinMs: number;

  constructor(kv: StoreEngine, withinMs: number) {
    this.#kv = kv;
    this.#withinMs = withinMs;
  }

  get(key: Deno.KvKey): Promise<Deno.KvEntryMaybe<unknown>> {
    return this.#read(() => this.#kv.get(key));
  }

  getMany(keys: Deno.KvKey[]): Promise<Deno.KvEntryMaybe<unknown>[]> {
    return this.#read(() => this.#kv.getMany(keys));
  }

  list(
    selector: StoreRange,
    options?: ListOptions,
  ): StoreEntries {
    const found = this.#kv.list(selector, options);
    return {
      next: () => this.#read(() => found.next()),
      return: async () =>
        await found.return?.() ?? { done: true, value: undefined },
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  }

  set(
    key: Deno.KvKey,
    value: unknown,
    options?: Expiry,
  ): Promise<Deno.KvCommitResult> {
    return this.#write(() => this.#kv.set(key, value, options));
  }

  delete(key: Deno.KvKey): Promise<void> {
    return this.#write(() => this.#kv.delete(key));
  }

  atomic(): StoreCommit {
    const commit = this.#kv.atomic();
    const own: StoreCommit = {
      check: (...checks) => (commit.check(...checks), own),
      set: (...change) => (commit.set(...change), own),
      delete: (key) => (commit.delete(key), own),
      commit: () => this.#write(() => commit.commit()),
    };
    return own;
  }

  close(): void | Promise<void> {
    return this.#kv.close();
  }

  #read<T>(ask: () => Promise<T>): Promise<T> {
    return answerOf(ask, this.#withinMs);
  }

  #write<T>(write: () => Promise<T>): Promise<T> {
    return answerOf(
      (isLate) => untilWritten(write, isLate),
      this.#withinMs,
    );
  }
}

/**
 * Uses real time, whatever the clock of the repositories. `ask` must not try
 * again once it is late, because its caller knows only that the result of the
 * write is unknown.
 */
async function answerOf<T>(
  ask: (isLate: () => boolean) => Promise<T>,
  withinMs: number,
): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    const seconds = withinMs / 1_000;
    reject(new StoreError(`The store has not answered within ${seconds} s`));
  }, withinMs);
  try {
    return await Promise.race([ask(() => isLate), late]);
  } catch (error) {
    if (error instanceof StoreError || isOwnMistake(error)) throw error;
    throw new StoreError(`The store has failed: ${error}`, { cause: error });
  } finally {
    clearTimeout(timer);
  }
}

/** True for a value or key that Deno KV does not accept. It raises a TypeError
 * for these, and also for errors of SQLite, such as a full disk. */
function isOwnMistake(error: unknown): boolean {
  return error instanceof TypeError &&
    !/\b(database|disk|readonly|unable to open)\b/i.test(error.message);
}

/** Repeats a write while another program has locked the file, and while its
 * server is away. Rejects after any other error, or when it is late. */
export async function untilWritten<T>(
  write: () => Promise<T>,
  isLate: () => boolean,
): Promise<T> {
  for (let attempt = 0;; attempt++) {
    try {
      return await write();
    } catch (error) {
      if (!mayWriteAgain(error)) throw error;
    }
    // The lock depends on real time, whatever the clock of the repositories.
    const waitMs = backoffMs(attempt, BACKOFF, Math.random());
    await new Promise((go) => setTimeout(go, waitMs));
    if (isLate()) throw new StoreError("The write was tried for too long");
  }
}

/** True after an error of a locked file, which was not changed, or of a server
 * that is away for a moment, or whose answer did not arrive: a commit recognizes
 * that it was done before. */
function mayWriteAgain(error: unknown): boolean {
  return error instanceof Error &&
    (/is locked|failed to read response body/.test(error.message) ||
      isPassing(error));
}

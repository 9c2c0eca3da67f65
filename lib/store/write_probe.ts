import type { StoreEngine } from "./store_engine.ts";
import { untilWritten } from "./patience.ts";
import { PostgresFailure } from "./postgres/failure.ts";

const KEY = ["probe"];

/** Why a store cannot be written to, in words that strangers may read too. */
export type NotWritten =
  | "the disk is full"
  | "the store is read-only"
  | "the disk reports an error"
  | "the store cannot be opened"
  | "the store cannot be reached"
  | "see the log";

/** Tests whether a store can be written to, by writing a few bytes. */
export class WriteProbe {
  readonly #write: () => Promise<unknown>;
  #running: Promise<void> | undefined;

  /**
   * @param kv Without `patient()`, which gives up on a write that continues.
   */
  constructor(kv: Pick<StoreEngine, "set">) {
    const set = kv.set.bind(kv);
    this.#write = () => set(KEY, Date.now());
  }

  /**
   * Resolves when a write has succeeded and rejects if it fails. While one is
   * in flight, all callers wait for it, however long it takes, so that hanging
   * writes cannot pile up.
   */
  check(): Promise<void> {
    this.#running ??= this.#check();
    return this.#running;
  }

  async #check(): Promise<void> {
    try {
      await untilWritten(this.#write, () => false);
    } finally {
      this.#running = undefined;
    }
  }
}

/** Returns the reason of a failed write, without paths and keys. */
export function whyNotWritten(error: unknown): NotWritten {
  const text = String(error);
  if (/\bfull\b|no space/i.test(text)) return "the disk is full";
  if (/read-?only/i.test(text)) return "the store is read-only";
  if (/disk i\/o error/i.test(text)) return "the disk reports an error";
  if (/unable to open/i.test(text)) return "the store cannot be opened";
  const isAway = error instanceof PostgresFailure && error.isAway;
  if (isAway) return "the store cannot be reached";
  return "see the log";
}

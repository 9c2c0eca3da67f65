import { retryWhileLocked } from "./patience.ts";

const KEY = ["probe"];

/** Why a store cannot be written to, as strangers may read it too. */
export type NotWritten =
  | "the disk is full"
  | "the store is read-only"
  | "the disk reports an error"
  | "the store cannot be opened"
  | "see the log";

/** Tries out whether a store can be written to, by writing a few bytes. */
export class WriteProbe {
  readonly #write: () => Promise<unknown>;
  #running: Promise<void> | undefined;

  /** @param kv Before `patient()`, which gives up on a write that goes on. */
  constructor(kv: Pick<Deno.Kv, "set">) {
    const set = kv.set.bind(kv);
    this.#write = () => set(KEY, Date.now());
  }

  /**
   * Resolves when a write has succeeded and rejects if it fails. While one is
   * running, all callers wait for it, for as long as it takes, so writes that hang
   * cannot pile up.
   */
  check(): Promise<void> {
    this.#running ??= this.#check();
    return this.#running;
  }

  async #check(): Promise<void> {
    try {
      await retryWhileLocked(this.#write, () => false);
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
  return "see the log";
}

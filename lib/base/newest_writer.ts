import { STORE_BACKOFF } from "./backoff.ts";
import type { Clock } from "./clock.ts";
import { UntilDone } from "./until_done.ts";

/**
 * Writes the newest value of each key, and repeats failed writes. At most one
 * round of writes is in flight. A value that is added during a round is written
 * after it, and a value that is added while writes fail waits for the next
 * retry.
 */
export class NewestWriter<V extends object> implements Disposable {
  readonly #write: (key: string, value: V) => Promise<void>;
  readonly #clock: Clock;
  readonly #delayMs: number;
  /** By key, until written. */
  readonly #pending = new Map<string, V>();
  readonly #rounds: UntilDone;
  #soon: Disposable | undefined;

  constructor(
    write: (key: string, value: V) => Promise<void>,
    { clock, delayMs = 0, ...options }: {
      clock: Clock;
      /** Time in which values are collected before they are written. */
      delayMs?: number;
      /** Receives the first error of each round that failed. */
      onError(error: unknown): void;
    },
  ) {
    this.#write = write;
    this.#clock = clock;
    this.#delayMs = delayMs;
    this.#rounds = new UntilDone(() => this.#writeAll(), {
      clock,
      backoff: STORE_BACKOFF,
      ...options,
    });
  }

  /** True after a failed write, until its repetition has succeeded. */
  get isFailing(): boolean {
    return this.#rounds.isFailing;
  }

  add(key: string, value: V): void {
    this.#pending.set(key, value);
    if (!this.isFailing) this.#runSoon(); // Otherwise the retry writes it.
  }

  /** True if no newer value of this key was added or written since. */
  isNewest(key: string, value: V): boolean {
    return this.#pending.get(key) === value;
  }

  /** Drops the pending value of this key, unless its write is in flight. */
  forget(key: string): void {
    this.#pending.delete(key);
  }

  /** Tries once more to write everything. Resolves when that has succeeded or
   * failed; never rejects. */
  async flush(): Promise<void> {
    if (this.#pending.size > 0) await this.#rounds.run();
    else await this.#rounds.settled();
  }

  [Symbol.dispose](): void {
    this.#soon?.[Symbol.dispose]();
    this.#rounds[Symbol.dispose]();
  }

  #runSoon(): void {
    if (this.#delayMs === 0) return void this.#rounds.run();
    this.#soon ??= this.#clock.after(this.#delayMs, () => {
      this.#soon = undefined;
      void this.#rounds.run();
    });
  }

  async #writeAll(): Promise<void> {
    const results = await Promise.allSettled(
      [...this.#pending].map(async ([key, value]) => {
        await this.#write(key, value);
        if (this.isNewest(key, value)) this.#pending.delete(key);
      }),
    );
    const failed = results.find(({ status }) => status === "rejected");
    if (failed?.status === "rejected") throw failed.reason;
    if (this.#pending.size > 0) this.#runSoon(); // Added meanwhile.
  }
}

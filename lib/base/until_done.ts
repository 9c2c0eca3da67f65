import { type Backoff, backoffMs } from "./backoff.ts";
import type { Clock } from "./clock.ts";

/**
 * Repeats work until it succeeds. At most one run is in flight. A request
 * during a run leads to one more run after it, and a failed run is repeated
 * after a delay that doubles.
 */
export class UntilDone implements Disposable {
  readonly #work: () => Promise<void>;
  readonly #options: {
    clock: Clock;
    backoff: Backoff;
    chance?: () => number;
    onError(error: unknown): void;
  };
  #running: Promise<void> | undefined;
  #isWanted = false;
  #failures = 0;
  #timer: Disposable | undefined;
  #isDisposed = false;

  constructor(
    work: () => Promise<void>,
    options: {
      clock: Clock;
      backoff: Backoff;
      /** 0 to 1, `Math.random` by default. */
      chance?: () => number;
      /** Receives the error of each run that failed. */
      onError(error: unknown): void;
    },
  ) {
    this.#work = work;
    this.#options = options;
  }

  /** True after a failed run, until its repetition has succeeded. */
  get isFailing(): boolean {
    return this.#failures > 0;
  }

  /** Runs the work now, or once more after the current run. Resolves when no
   * run is in flight; `isFailing` tells whether it succeeded. Never rejects. */
  run(): Promise<void> {
    this.#isWanted = true;
    this.#timer?.[Symbol.dispose]();
    this.#timer = undefined;
    return this.#running ??= this.#runAll();
  }

  /** Resolves when no run is in flight; starts none. Never rejects. */
  settled(): Promise<void> {
    return this.#running ?? Promise.resolve();
  }

  /** Like run(), but a run that is already in flight is enough. */
  join(): Promise<void> {
    return this.#running ?? this.run();
  }

  [Symbol.dispose](): void {
    this.#isDisposed = true;
    this.#timer?.[Symbol.dispose]();
  }

  async #runAll(): Promise<void> {
    while (this.#isWanted && !this.#isDisposed) {
      this.#isWanted = false;
      try {
        await this.#work();
        this.#failures = 0;
      } catch (error) {
        this.#failures++;
        this.#options.onError(error);
        if (!this.#isWanted) this.#retryLater();
      }
    }
    this.#running = undefined;
  }

  #retryLater(): void {
    if (this.#isDisposed) return;
    const { clock, backoff, chance = Math.random } = this.#options;
    const waitMs = backoffMs(this.#failures - 1, backoff, chance());
    this.#timer = clock.after(waitMs, () => this.run());
  }
}

import type { Clock } from "@/lib/base/clock.ts";

const EVERY_MS = 250;

/**
 * Measures how late timers run, because every client waits as long. Calls
 * `onLag` four times a second with the seconds that its timer was late.
 */
export class LoopLag implements Disposable {
  readonly #clock: Clock;
  readonly #onLag: (seconds: number) => void;
  #timer: Disposable;

  constructor(clock: Clock, onLag: (seconds: number) => void) {
    this.#clock = clock;
    this.#onLag = onLag;
    this.#timer = this.#next();
  }

  [Symbol.dispose](): void {
    this.#timer[Symbol.dispose]();
  }

  #next(): Disposable {
    const dueAt = this.#clock.now() + EVERY_MS;
    return this.#clock.after(EVERY_MS, () => {
      this.#onLag(Math.max(0, this.#clock.now() - dueAt) / 1_000);
      this.#timer = this.#next();
    });
  }
}

import type { Clock } from "@/lib/base/clock.ts";

/** One timer, which a state machine sets again after each of its steps. */
export class Alarm implements Disposable {
  readonly #clock: Clock;
  readonly #ring: () => void;
  #dueAt: number | undefined;
  #timer: Disposable | undefined;

  constructor(clock: Clock, ring: () => void) {
    this.#clock = clock;
    this.#ring = ring;
  }

  /** Rings once at `dueAt`, ms since 1970; undefined means never. */
  set(dueAt: number | undefined): void {
    if (dueAt === this.#dueAt) return;
    this[Symbol.dispose]();
    if (dueAt === undefined) return;
    this.#dueAt = dueAt;
    const delayMs = Math.max(0, dueAt - this.#clock.now());
    this.#timer = this.#clock.after(delayMs, () => {
      this.#dueAt = undefined;
      this.#ring();
    });
  }

  [Symbol.dispose](): void {
    this.#timer?.[Symbol.dispose]();
    this.#timer = undefined;
    this.#dueAt = undefined;
  }
}

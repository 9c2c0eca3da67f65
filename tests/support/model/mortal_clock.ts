import type { Clock } from "@/lib/base/clock.ts";

/** A clock whose timers end with their process. */
export class MortalClock implements Clock {
  readonly #clock: Clock;
  readonly #timers = new Set<Disposable>();
  isOver = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  now = () => this.#clock.now();
  wall = () => this.#clock.wall();

  after(ms: number, run: () => void): Disposable {
    if (this.isOver) return { [Symbol.dispose]() {} };
    const timer = this.#clock.after(ms, () => {
      this.#timers.delete(timer);
      run();
    });
    this.#timers.add(timer);
    return timer;
  }

  end(): void {
    this.isOver = true;
    for (const timer of this.#timers) timer[Symbol.dispose]();
  }
}

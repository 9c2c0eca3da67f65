import type { Clock } from "@/lib/base/clock.ts";

interface Timer {
  dueAt: number;
  run: () => void;
}

/** A clock that moves only when the test moves it. */
export class FakeClock implements Clock {
  #now: number;
  #skew = 0;
  readonly #timers = new Set<Timer>();

  /** Starts at `now`, milliseconds since 1970. */
  constructor(now = Date.UTC(2030, 0, 1)) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  wall(): number {
    return this.#now + this.#skew;
  }

  /** Sets the host's clock forwards or backwards by `ms`. */
  jumpWall(ms: number): void {
    this.#skew += ms;
  }

  after(delayMs: number, run: () => void): Disposable {
    const timer = { dueAt: this.#now + delayMs, run };
    this.#timers.add(timer);
    return { [Symbol.dispose]: () => this.#timers.delete(timer) };
  }

  /** Number of timers that have neither run nor been disposed of. */
  get pending(): number {
    return this.#timers.size;
  }

  /**
   * Moves the time by `ms` and runs the timers that are due, in order of time
   * and, at the same time, of creation. Each timer sees its own time as now. A
   * timer that is created meanwhile runs too if it is due.
   */
  advance(ms: number): void {
    const until = this.#now + ms;
    for (let next = this.#next(until); next; next = this.#next(until)) {
      this.#timers.delete(next);
      this.#now = Math.max(this.#now, next.dueAt);
      next.run();
    }
    this.#now = until;
  }

  /** Pauses the process for `ms`: timers that are due meanwhile run afterwards,
   * and late. */
  stall(ms: number): void {
    this.#now += ms;
    this.advance(0);
  }

  #next(until: number): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of this.#timers) {
      if (timer.dueAt > until) continue;
      if (first === undefined || timer.dueAt < first.dueAt) first = timer;
    }
    return first;
  }
}

import type { Clock } from "@/lib/base/clock.ts";

interface Timer {
  dueAt: number;
  run: () => void;
}

/** A clock that stands still until it is told to go on. */
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

  /** Somebody sets the machine's clock, by so many ms forth or back. */
  jumpWall(ms: number): void {
    this.#skew += ms;
  }

  after(delayMs: number, run: () => void): Disposable {
    const timer = { dueAt: this.#now + delayMs, run };
    this.#timers.add(timer);
    return { [Symbol.dispose]: () => this.#timers.delete(timer) };
  }

  /** Timers that have neither run nor been disposed. */
  get pending(): number {
    return this.#timers.size;
  }

  /**
   * Goes on by `ms` and runs what comes due on the way, in order of time and,
   * at the same time, of setting; each sees its own time as now. A timer that is
   * set on the way runs too if it comes due.
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

  /** The process stands still for `ms`: what comes due meanwhile runs afterwards,
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

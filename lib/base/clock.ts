/**
 * Time as it is handed in. A machine's clock is set now and then, by an hour or
 * a year, forth or back: what lasts, waits or comes due is told by `now`, which
 * goes on evenly; what is written down or shown, by `wall`.
 */
export interface Clock {
  /** Milliseconds since 1970 as it was at the start of the process, and evenly
   * from then on. */
  now(): number;
  /** Milliseconds since 1970 as the machine has it. It may jump. */
  wall(): number;
  /** Calls `run` once after `delayMs`, unless the timer is disposed before. */
  after(delayMs: number, run: () => void): Disposable;
}

/** The machine's own time. A timer does not keep the process alive. */
export const systemClock: Clock = {
  now: () => Math.round(performance.timeOrigin + performance.now()),
  wall: () => Date.now(),
  after(delayMs, run) {
    const id = setTimeout(run, delayMs);
    return { [Symbol.dispose]: () => clearTimeout(id) };
  },
};

/** For those who only write down when something was. */
export function stampsOf(clock: Pick<Clock, "wall">): Pick<Clock, "now"> {
  return { now: () => clock.wall() };
}

/** Returns a clock that shows `at` now and goes on evenly, so that times of one
 * call or chat are as far apart as they were. */
export function evenFrom(
  clock: Pick<Clock, "now">,
  at: number,
): () => number {
  const ahead = at - clock.now();
  return () => clock.now() + ahead;
}

/** What the machine's clock showed, or would show now, at a time of `now`. */
export function wallOf(clock: Omit<Clock, "after">, at: number): number {
  return at + clock.wall() - clock.now();
}

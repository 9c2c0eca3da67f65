/**
 * An injected clock. The host's clock can be set by an hour or a year, forwards
 * or backwards. So durations, waits and deadlines use `now`, which is
 * monotonic, and times that are stored or shown use `wall`.
 */
export interface Clock {
  /** Milliseconds since 1970 at the start of the process, and monotonic from
   * then on. */
  now(): number;
  /** Milliseconds since 1970 by the host's clock. It may jump. */
  wall(): number;
  /** Calls `run` once after `delayMs`, unless the timer is disposed of
   * before. */
  after(delayMs: number, run: () => void): Disposable;
}

/** The host's own time. A timer does not keep the process alive. */
export const systemClock: Clock = {
  now: () => Math.round(performance.timeOrigin + performance.now()),
  wall: () => Date.now(),
  after(delayMs, run) {
    const id = setTimeout(run, delayMs);
    return { [Symbol.dispose]: () => clearTimeout(id) };
  },
};

/** Returns a clock for code that only records timestamps. */
export function stampsOf(clock: Pick<Clock, "wall">): Pick<Clock, "now"> {
  return { now: () => clock.wall() };
}

/** Returns a monotonic clock that shows `at` now, so that the intervals between
 * times of one call or chat are right. */
export function evenFrom(
  clock: Pick<Clock, "now">,
  at: number,
): () => number {
  const ahead = at - clock.now();
  return () => clock.now() + ahead;
}

/** Returns what the host's clock showed, or would show now, at a time of
 * `now`. */
export function wallOf(clock: Omit<Clock, "after">, at: number): number {
  return at + clock.wall() - clock.now();
}

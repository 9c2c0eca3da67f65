/** Time as it is handed in: milliseconds since 1970, and timers. */
export interface Clock {
  now(): number;
  /** Calls `run` once after `delayMs`, unless the timer is disposed before. */
  after(delayMs: number, run: () => void): Disposable;
}

/** The machine's own time. A timer does not keep the process alive. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(delayMs, run) {
    const id = setTimeout(run, delayMs);
    return { [Symbol.dispose]: () => clearTimeout(id) };
  },
};

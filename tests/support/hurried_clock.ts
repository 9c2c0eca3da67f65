import type { Clock } from "@/lib/base/clock.ts";

/** The real time, but faster: for waits that a test can't avoid. */
export function hurriedClock(factor: number): Clock {
  const begin = performance.now();
  return {
    now: () => Math.round((performance.now() - begin) * factor),
    wall: () => Date.now(),
    after(delayMs, run) {
      const id = setTimeout(run, delayMs / factor);
      return { [Symbol.dispose]: () => clearTimeout(id) };
    },
  };
}

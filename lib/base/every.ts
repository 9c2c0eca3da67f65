import type { Clock } from "./clock.ts";

/** Calls `run` every `everyMs`, first after `firstMs`, until disposed of. */
export function every(
  clock: Pick<Clock, "after">,
  everyMs: number,
  run: () => void,
  firstMs = everyMs,
): Disposable {
  let timer = clock.after(firstMs, again);
  function again(): void {
    timer = clock.after(everyMs, again); // Before, in case `run` throws or ends it.
    run();
  }
  return { [Symbol.dispose]: () => timer[Symbol.dispose]() };
}

/** Doubling waits with jitter, so that the clients of a lost server spread
 * out. */
export interface Backoff {
  firstMs: number;
  maxMs: number;
}

/** For repeated reads and writes of a store that has failed. */
export const STORE_BACKOFF: Backoff = { firstMs: 1_000, maxMs: 30_000 };

/**
 * Returns the wait in ms before try number `attempt` (from 0). Half of the
 * doubled time is fixed, the other half is multiplied by `chance` (0 to 1,
 * `Math.random`).
 */
export function backoffMs(
  attempt: number,
  { firstMs, maxMs }: Backoff,
  chance: number,
): number {
  const ceilingMs = Math.min(maxMs, firstMs * 2 ** Math.min(attempt, 30));
  return Math.round(ceilingMs / 2 + (ceilingMs / 2) * chance);
}

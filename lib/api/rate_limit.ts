import type { Clock } from "@/lib/base/clock.ts";
import { RecentMap } from "@/lib/base/recent_map.ts";

/** Maximum number of requests of a token at once. */
export const REQUESTS_AT_ONCE = 100;
/** Requests that a token can send per second, at length. */
export const REQUESTS_PER_SECOND = 5;

/** Maximum number of tokens in memory: more than there can be. */
const TOKENS_MAX = 1_000;

interface Bucket {
  /** Number of requests that are left. */
  left: number;
  at: number;
}

/** Limits the requests of each token at this instance: a bucket that is filled
 * again evenly. It is in memory, so that a request writes nothing. */
export class RateLimit {
  readonly #clock: Pick<Clock, "now">;
  readonly #buckets = new RecentMap<Bucket>(TOKENS_MAX);

  constructor(clock: Pick<Clock, "now">) {
    this.#clock = clock;
  }

  /** Counts a request as `cost` of them. Returns 0, or the seconds until it is
   * accepted. */
  take(token: string, cost = 1): number {
    const now = this.#clock.now();
    const { left, at } = this.#buckets.get(token) ??
      { left: REQUESTS_AT_ONCE, at: now };
    const filled = left + (now - at) / 1_000 * REQUESTS_PER_SECOND;
    const there = Math.min(REQUESTS_AT_ONCE, filled);
    if (there < cost) {
      this.#buckets.set(token, { left: there, at: now });
      return Math.ceil((cost - there) / REQUESTS_PER_SECOND);
    }
    this.#buckets.set(token, { left: there - cost, at: now });
    return 0;
  }
}

import { type Backoff, backoffMs } from "@/lib/base/backoff.ts";
import type { Clock } from "@/lib/base/clock.ts";
import type { Hub } from "@/lib/base/hub.ts";
import { RecentMap } from "@/lib/base/recent_map.ts";
import type { SharedLimit, Topics, Tried } from "@/lib/model/topics.ts";

export interface ThrottleLimits extends Backoff {
  /** Number of tries before the first delay. */
  free: number;
}

interface Tries {
  count: number;
  /** Time of the next allowed try. */
  nextAt: number;
}

/** The hub of all instances, and the limit whose tries they count together. */
export interface SharedTries {
  hub: Hub<Topics>;
  limit: SharedLimit;
}

/** Maximum number of keys in memory; beyond it the key with the oldest try is
 * removed. */
const KEYS_MAX = 10_000;

/**
 * Counts tries by key, with delays that double. It is in memory on purpose:
 * anonymous tries write nothing to the disk, and a guesser cannot restart the
 * program. A key is removed if it had no try for `maxMs` after its delay.
 */
export class Throttle {
  readonly #limits: ThrottleLimits;
  readonly #clock: Pick<Clock, "now">;
  readonly #shared: SharedTries | undefined;
  readonly #tries = new RecentMap<Tries>(KEYS_MAX);

  /** @param shared If absent, only this object counts. */
  constructor(
    limits: ThrottleLimits,
    clock: Pick<Clock, "now">,
    shared?: SharedTries,
  ) {
    this.#limits = limits;
    this.#clock = clock;
    this.#shared = shared;
    shared?.hub.on("tried", ({ limit, key, change }) => {
      if (limit === shared.limit) this.#apply(key, change);
    });
  }

  /** Returns how long this key has to wait, in ms; 0 if it may try. */
  waitMs(key: string): number {
    const nextAt = this.#get(key)?.nextAt ?? 0;
    return Math.max(0, nextAt - this.#clock.now());
  }

  /** Counts a try before its result is known, so that simultaneous tries count
   * too. */
  count(key: string): void {
    this.#tell(key, "count");
  }

  /** Removes one try, because it succeeded. */
  forgive(key: string): void {
    this.#tell(key, "forgive");
  }

  /** Removes all tries of a key. */
  clear(key: string): void {
    this.#tell(key, "clear");
  }

  #tell(key: string, change: Tried["change"]): void {
    if (this.#shared === undefined) return this.#apply(key, change);
    const { hub, limit } = this.#shared;
    hub.tell("tried", { limit, key, change });
  }

  #apply(key: string, change: Tried["change"]): void {
    if (change === "count") return this.#count(key);
    if (change === "clear") return void this.#tries.delete(key);
    const tries = this.#get(key);
    if (tries === undefined) return;
    this.#tries.set(key, { count: tries.count - 1, nextAt: 0 });
  }

  #count(key: string): void {
    const count = (this.#get(key)?.count ?? 0) + 1;
    const over = count - this.#limits.free;
    const waitMs = over < 0 ? 0 : backoffMs(over, this.#limits, 1);
    this.#tries.set(key, { count, nextAt: this.#clock.now() + waitMs });
  }

  #get(key: string): Tries | undefined {
    const tries = this.#tries.get(key);
    if (tries === undefined) return undefined;
    if (this.#clock.now() < tries.nextAt + this.#limits.maxMs) return tries;
    this.#tries.delete(key);
    return undefined;
  }
}

import type { Clock } from "@/lib/base/clock.ts";
import type { Hub } from "@/lib/base/hub.ts";
import { RecentMap } from "@/lib/base/recent_map.ts";
import type { Topics } from "@/lib/model/topics.ts";
import { LIMITS } from "../limits.ts";

/**
 * Counts rejected logins by address, and by the claimed App object. A repeated
 * wrong password blocks only its own App object, and no other one of the same
 * PBX. By inventing App objects, a guesser gains only a limited number of
 * tries. All instances that share the hub count together.
 */
export class Refusals {
  readonly #clock: Clock;
  readonly #hub: Hub<Topics>;
  /** The times of each key. */
  readonly #byKey = new RecentMap<number[]>(LIMITS.refusalKeys);

  constructor(clock: Clock, hub: Hub<Topics>) {
    this.#clock = clock;
    this.#hub = hub;
    hub.on("tried", ({ limit, key }) => {
      if (limit === "pbx-login") this.#count(key);
    });
  }

  add(address: string, claim: string): void {
    for (const key of [address, keyOf(address, claim)]) {
      this.#hub.tell("tried", { limit: "pbx-login", key, change: "count" });
    }
  }

  /** True if logins from there have to wait. */
  isFull(address: string): boolean {
    return this.#recent(address).length >= LIMITS.refusalsOfAddress;
  }

  mustWait(address: string, claim: string): boolean {
    return this.isFull(address) ||
      this.#recent(keyOf(address, claim)).length >= LIMITS.refusals;
  }

  #count(key: string): void {
    this.#byKey.set(key, [...this.#recent(key), this.#clock.now()]);
  }

  #recent(key: string): number[] {
    const since = this.#clock.now() - LIMITS.refusalWindowMs;
    return (this.#byKey.get(key) ?? []).filter((time) => time > since);
  }
}

/** A guesser may claim a very long name. */
function keyOf(address: string, claim: string): string {
  return `${address} ${claim}`.slice(0, LIMITS.refusalKeyLength);
}

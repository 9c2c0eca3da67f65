import type { Clock } from "@/lib/base/clock.ts";
import { RecentMap } from "@/lib/base/recent_map.ts";
import { LIMITS } from "../limits.ts";

/**
 * Counts rejected logins by address, and by the claimed App object. A repeated
 * wrong password blocks only its own App object, and no other one of the same
 * PBX. By inventing App objects, a guesser gains only a limited number of
 * tries.
 */
export class Refusals {
  readonly #clock: Clock;
  /** The times of each key. */
  readonly #byKey = new RecentMap<number[]>(LIMITS.refusalKeys);

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  add(address: string, claim: string): void {
    this.#count(address);
    this.#count(`${address} ${claim}`);
  }

  /** True if logins from there have to wait. */
  isFull(address: string): boolean {
    return this.#recent(address).length >= LIMITS.refusalsOfAddress;
  }

  mustWait(address: string, claim: string): boolean {
    return this.isFull(address) ||
      this.#recent(`${address} ${claim}`).length >= LIMITS.refusals;
  }

  #count(key: string): void {
    this.#byKey.set(key, [...this.#recent(key), this.#clock.now()]);
  }

  #recent(key: string): number[] {
    const since = this.#clock.now() - LIMITS.refusalWindowMs;
    return (this.#byKey.get(key) ?? []).filter((time) => time > since);
  }
}

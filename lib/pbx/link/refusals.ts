import type { Clock } from "@/lib/base/clock.ts";
import { LIMITS } from "../limits.ts";

/**
 * Counts refused logins: by address, and by what the login says it is. So a
 * wrong password that is retried holds up itself, and no other App object of
 * the same PBX; inventing App objects gains a guesser a bounded number more.
 */
export class Refusals {
  readonly #clock: Clock;
  readonly #byKey = new Map<string, number[]>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  add(address: string, claim: string): void {
    this.#count(address);
    this.#count(`${address} ${claim}`);
  }

  /** Whether nobody from there is listened to. */
  isFull(address: string): boolean {
    return this.#recent(address).length >= LIMITS.refusalsOfAddress;
  }

  mustWait(address: string, claim: string): boolean {
    return this.isFull(address) ||
      this.#recent(`${address} ${claim}`).length >= LIMITS.refusals;
  }

  #count(key: string): void {
    const times = [...this.#recent(key), this.#clock.now()];
    this.#byKey.delete(key); // The newest is last.
    this.#byKey.set(key, times);
    const [oldest] = this.#byKey.keys();
    if (this.#byKey.size > LIMITS.refusalKeys && oldest !== undefined) {
      this.#byKey.delete(oldest);
    }
  }

  #recent(key: string): number[] {
    const since = this.#clock.now() - LIMITS.refusalWindowMs;
    return (this.#byKey.get(key) ?? []).filter((time) => time > since);
  }
}

import type { Clock } from "@/lib/base/clock.ts";
import { LIMITS } from "../limits.ts";

/** Counts refused logins by address: who guesses passwords has to wait. */
export class Refusals {
  readonly #clock: Clock;
  readonly #byAddress = new Map<string, number[]>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  add(address: string): void {
    const times = [...this.#recent(address), this.#clock.now()];
    this.#byAddress.delete(address); // The newest stands last.
    this.#byAddress.set(address, times);
    const [oldest] = this.#byAddress.keys();
    if (
      this.#byAddress.size > LIMITS.refusalAddresses && oldest !== undefined
    ) {
      this.#byAddress.delete(oldest);
    }
  }

  mustWait(address: string): boolean {
    return this.#recent(address).length >= LIMITS.refusals;
  }

  #recent(address: string): number[] {
    const since = this.#clock.now() - LIMITS.refusalWindowMs;
    return (this.#byAddress.get(address) ?? []).filter((time) => time > since);
  }
}

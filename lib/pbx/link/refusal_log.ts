import type { Clock } from "@/lib/base/clock.ts";
import { LIMITS } from "../limits.ts";

/** Why somebody was not let in. */
export const REFUSAL_REASONS = [
  /** It would have been a PBX, from an address that no PBX may have. */
  "address",
  /** A PBX whose login is not made with the App password. */
  "login",
  /** The address has had too many refused logins and has to wait. */
  "throttled",
  /** A user in myApps whose login is not genuine, too old, or none. */
  "user-login",
  /** A user in myApps whose account here has no role. */
  "user-denied",
] as const;
export type RefusalReason = typeof REFUSAL_REASONS[number];

/** What one address was refused for. Times in ms since 1970. */
export interface Refusal {
  reason: RefusalReason;
  address: string;
  count: number;
  lastAt: number;
}

/** Counts who was refused, so that an administrator sees who stands outside. */
export class RefusalLog {
  readonly #clock: Pick<Clock, "wall">;
  /** The last refused one stands last. */
  readonly #rows = new Map<string, Refusal>();
  readonly #totals = new Map<RefusalReason, number>();

  constructor(clock: Pick<Clock, "wall">) {
    this.#clock = clock;
  }

  /**
   * Counts one. Says whether it is worth a line in the program's log: the first
   * of an address, its tenth, hundredth and so on. Who knocks all day fills no disk.
   */
  add(reason: RefusalReason, address: string): boolean {
    this.#totals.set(reason, this.total(reason) + 1);
    const key = `${reason} ${address}`;
    const count = (this.#rows.get(key)?.count ?? 0) + 1;
    this.#rows.delete(key);
    this.#rows.set(key, { reason, address, count, lastAt: this.#clock.wall() });
    const [oldest] = this.#rows.keys();
    if (this.#rows.size > LIMITS.refusalRows && oldest !== undefined) {
      this.#rows.delete(oldest);
    }
    return Number.isInteger(Math.log10(count));
  }

  /** Since the start, of all addresses. */
  total(reason: RefusalReason): number {
    return this.#totals.get(reason) ?? 0;
  }

  /** The addresses refused last, newest first. */
  rows(): Refusal[] {
    return [...this.#rows.values()].reverse();
  }
}

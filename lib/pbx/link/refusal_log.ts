import type { Clock } from "@/lib/base/clock.ts";
import { RecentMap } from "@/lib/base/recent_map.ts";
import { LIMITS } from "../limits.ts";

/** The reason of a rejection. */
export const REFUSAL_REASONS = [
  /** A PBX connection from an address that is not allowed. */
  "address",
  /** A PBX whose login doesn't match the App password. */
  "login",
  /** The address has had too many rejected logins and has to wait. */
  "throttled",
  /** A user in myApps whose login is not genuine, too old, or missing. */
  "user-login",
  /** A user in myApps whose account here has no role. */
  "user-denied",
] as const;
export type RefusalReason = typeof REFUSAL_REASONS[number];

/** The rejections of one address. Times in ms since 1970. */
export interface Refusal {
  reason: RefusalReason;
  address: string;
  count: number;
  lastAt: number;
}

/** Counts rejected connections, so that an administrator sees them. */
export class RefusalLog {
  readonly #clock: Pick<Clock, "wall">;
  readonly #rows = new RecentMap<Refusal>(LIMITS.refusalRows);
  readonly #totals = new Map<RefusalReason, number>();

  constructor(clock: Pick<Clock, "wall">) {
    this.#clock = clock;
  }

  /**
   * Counts a rejection. Returns whether to log it: the first one of an address,
   * its tenth, hundredth and so on, so that repeated attempts don't fill the
   * disk.
   */
  add(reason: RefusalReason, address: string): boolean {
    this.#totals.set(reason, this.total(reason) + 1);
    const key = `${reason} ${address}`;
    const count = (this.#rows.get(key)?.count ?? 0) + 1;
    this.#rows.set(key, { reason, address, count, lastAt: this.#clock.wall() });
    return Number.isInteger(Math.log10(count));
  }

  /** Returns the number since the start, of all addresses. */
  total(reason: RefusalReason): number {
    return this.#totals.get(reason) ?? 0;
  }

  /** Returns the most recently rejected addresses, newest first. */
  rows(): Refusal[] {
    return [...this.#rows.values()].reverse();
  }
}

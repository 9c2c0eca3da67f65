import { addressBlock } from "@/lib/base/ip_address.ts";
import { CountsByKey } from "@/lib/base/counts_by_key.ts";
import { KeyedRateWindow } from "@/lib/base/rate_window.ts";

const WINDOW_MS = 60_000;

/** An action that is limited per address and minute. */
export type LimitedAction = "start" | "contact";

/**
 * Counts sockets, Starts and contacts by address. A limit counts an IPv6 /64 as
 * one address, because a client with one address there can use all of them.
 */
export class AddressLimits {
  readonly #socketsMax: number;
  readonly #sockets = new CountsByKey();
  readonly #perMinute: Record<LimitedAction, number>;
  readonly #windows: Record<LimitedAction, KeyedRateWindow> = {
    start: new KeyedRateWindow(WINDOW_MS),
    contact: new KeyedRateWindow(WINDOW_MS),
  };

  /** `sockets` at a time, the others per minute. */
  constructor(
    { sockets, starts, contacts }: {
      sockets: number;
      starts: number;
      contacts: number;
    },
  ) {
    this.#socketsMax = sockets;
    this.#perMinute = { start: starts, contact: contacts };
  }

  /** Counts a socket; returns false if it exceeds the limit and was not
   * counted. */
  enter(address: string): boolean {
    const key = addressBlock(address);
    if (this.#sockets.get(key) >= this.#socketsMax) return false;
    this.#sockets.add(key, 1);
    return true;
  }

  leave(address: string): void {
    this.#sockets.add(addressBlock(address), -1);
  }

  /** Counts an action. Returns 0 if it is allowed, otherwise the seconds to
   * wait. */
  take(what: LimitedAction, address: string, now: number): number {
    const key = addressBlock(address);
    return this.#windows[what].take(key, now, this.#perMinute[what]);
  }
}

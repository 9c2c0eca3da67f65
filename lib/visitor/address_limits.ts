import { addressBlock } from "@/lib/base/address_block.ts";

const WINDOW_MS = 60_000;

/** An action that is limited per address and minute. */
export type Counted = "start" | "contact";

/**
 * Counts sockets, Starts and contacts by address. A limit counts an IPv6 /64 as
 * one address, because a client with one address there can use all of them.
 */
export class AddressLimits {
  readonly #socketsMax: number;
  readonly #sockets = new Map<string, number>();
  readonly #windows: Record<Counted, MinuteWindow>;

  /** `sockets` at a time, the others per minute. */
  constructor(
    { sockets, starts, contacts }: {
      sockets: number;
      starts: number;
      contacts: number;
    },
  ) {
    this.#socketsMax = sockets;
    this.#windows = {
      start: new MinuteWindow(starts),
      contact: new MinuteWindow(contacts),
    };
  }

  /** Counts a socket; returns false if it exceeds the limit and was not
   * counted. */
  enter(address: string): boolean {
    const key = addressBlock(address);
    const count = this.#sockets.get(key) ?? 0;
    if (count >= this.#socketsMax) return false;
    this.#sockets.set(key, count + 1);
    return true;
  }

  leave(address: string): void {
    const key = addressBlock(address);
    const count = (this.#sockets.get(key) ?? 0) - 1;
    if (count > 0) this.#sockets.set(key, count);
    else this.#sockets.delete(key);
  }

  /** Counts an action. Returns 0 if it is allowed, otherwise the seconds to
   * wait. */
  take(what: Counted, address: string, now: number): number {
    return this.#windows[what].take(addressBlock(address), now);
  }
}

/** Counts by key, in the same minutes for all keys. */
export class MinuteWindow {
  readonly #max: number;
  readonly #counts = new Map<string, number>();
  #endsAt = 0;

  constructor(max: number) {
    this.#max = max;
  }

  /** Counts one. Returns 0 if it is within the limit, otherwise the seconds to
   * wait. */
  take(key: string, now: number): number {
    if (now >= this.#endsAt) {
      this.#counts.clear();
      this.#endsAt = now + WINDOW_MS;
    }
    const count = (this.#counts.get(key) ?? 0) + 1;
    this.#counts.set(key, count);
    if (count <= this.#max) return 0;
    return Math.max(1, Math.ceil((this.#endsAt - now) / 1_000));
  }
}

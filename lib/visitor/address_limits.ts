import { addressBlock } from "@/lib/base/address_block.ts";

const WINDOW_MS = 60_000;

/** What an address may do in a minute. */
export type Counted = "start" | "contact";

/**
 * Sockets, Starts and contacts by where they come from. A limit on an address
 * counts all of an IPv6 /64 as one: whoever has one address there has them all.
 */
export class AddressLimits {
  readonly #socketsMax: number;
  readonly #sockets = new Map<string, number>();
  readonly #windows: Record<Counted, MinuteWindow>;

  /** `sockets` at a time, the others in a minute. */
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

  /** Counts a socket; false: it is one too many, and was not counted. */
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

  /** Counts it. 0: it may go on; else the seconds until it may. */
  take(what: Counted, address: string, now: number): number {
    return this.#windows[what].take(addressBlock(address), now);
  }
}

/** Counts by key, for all keys in the same minutes. */
export class MinuteWindow {
  readonly #max: number;
  readonly #counts = new Map<string, number>();
  #endsAt = 0;

  constructor(max: number) {
    this.#max = max;
  }

  /** Counts one. 0: it is within the limit; else the seconds until it may be. */
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

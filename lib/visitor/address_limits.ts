import { addressBlock } from "@/lib/base/ip_address.ts";
import { CountsByKey } from "@/lib/base/counts_by_key.ts";
import type { Clock } from "@/lib/base/clock.ts";
import type { Hub } from "@/lib/base/hub.ts";
import { KeyedRateWindow } from "@/lib/base/rate_window.ts";
import type { Topics } from "@/lib/model/topics.ts";
import type { VisitorLimits } from "./limits.ts";

const WINDOW_MS = 60_000;

export interface AddressLimitsOptions {
  /** They may change, with the number of instances. */
  limits: Pick<
    VisitorLimits,
    | "socketsPerAddress"
    | "startsPerAddressPerMinute"
    | "contactsPerAddressPerMinute"
  >;
  /** Contacts are counted together with those of all who share it. */
  hub: Hub<Topics>;
  clock: Pick<Clock, "now">;
}

/**
 * Counts sockets, Starts and contacts by address. A limit counts an IPv6 /64 as
 * one address, because a client with one address there can use all of them.
 */
export class AddressLimits implements Disposable {
  readonly #options: AddressLimitsOptions;
  readonly #sockets = new CountsByKey();
  readonly #starts = new KeyedRateWindow(WINDOW_MS);
  readonly #contacts = new KeyedRateWindow(WINDOW_MS);
  readonly #listening: Disposable;

  constructor(options: AddressLimitsOptions) {
    this.#options = options;
    const { hub, clock } = options;
    this.#listening = hub.on("tried", ({ limit, key }) => {
      if (limit === "contact") this.#contacts.peak(key, clock.now());
    });
  }

  /** Counts a socket; returns false if it exceeds the limit and was not
   * counted. */
  enter(address: string): boolean {
    const key = addressBlock(address);
    const { socketsPerAddress } = this.#options.limits;
    if (this.#sockets.get(key) >= socketsPerAddress) return false;
    this.#sockets.add(key, 1);
    return true;
  }

  leave(address: string): void {
    this.#sockets.add(addressBlock(address), -1);
  }

  /** Counts a Start. Returns 0 if it is allowed, otherwise the seconds to
   * wait. */
  start(address: string): number {
    const { limits, clock } = this.#options;
    const max = limits.startsPerAddressPerMinute;
    return this.#starts.take(addressBlock(address), clock.now(), max);
  }

  /** Counts a contact at all instances, if it is allowed, and returns 0.
   * Otherwise returns the seconds to wait. */
  contact(address: string): number {
    const { limits, clock, hub } = this.#options;
    const key = addressBlock(address);
    const max = limits.contactsPerAddressPerMinute;
    const wait = this.#contacts.waitFor(key, clock.now(), max);
    if (wait > 0) return wait;
    hub.tell("tried", { limit: "contact", key, change: "count" });
    return 0;
  }

  [Symbol.dispose](): void {
    this.#listening[Symbol.dispose]();
  }
}

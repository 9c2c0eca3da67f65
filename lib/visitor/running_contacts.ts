import { addressBlock, siteOf } from "@/lib/base/ip_address.ts";
import { NO_OTHERS, type OtherInstances } from "./other_instances.ts";

/** The ringing and running contacts of a visitor's seat. */
export interface RunningSeat {
  readonly running: Readonly<Record<ContactKind, boolean>>;
}

export type ContactKind = "call" | "chat";

/** An IPv6 /48 may have as many contacts as this number of addresses. */
const ADDRESSES_PER_SITE = 4;

/**
 * Ringing and running calls and chats, by the address that began them. A seat
 * that has lost its socket still counts, because its contacts still occupy
 * their agents.
 */
export class RunningContacts {
  readonly #perAddress: number;
  readonly #others: OtherInstances;
  readonly #sites = new Map<string, Map<RunningSeat, string>>();
  readonly #siteOf = new Map<RunningSeat, string>();

  constructor(perAddress: number, others = NO_OTHERS) {
    this.#perAddress = perAddress;
    this.#others = others;
  }

  /** Returns the number of contacts by block of addresses, for other
   * instances. */
  byBlock(): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const seats of this.#sites.values()) {
      for (const [{ running }, block] of seats) {
        const count = Number(running.call) + Number(running.chat);
        if (count > 0) counts[block] = (counts[block] ?? 0) + count;
      }
    }
    return counts;
  }

  /** Counts the contacts of this seat, for its first address. */
  add(seat: RunningSeat, address: string): void {
    if (this.#siteOf.has(seat)) return;
    const site = addressBlock(address, 48);
    const seats = this.#sites.get(site) ?? new Map<RunningSeat, string>();
    this.#sites.set(site, seats.set(seat, addressBlock(address)));
    this.#siteOf.set(seat, site);
    this.#others.changed();
  }

  delete(seat: RunningSeat): void {
    const site = this.#siteOf.get(seat);
    if (site === undefined) return;
    this.#siteOf.delete(seat);
    const seats = this.#sites.get(site);
    seats?.delete(seat);
    if (seats?.size === 0) this.#sites.delete(site);
    this.#others.changed();
  }

  /** True if this seat may begin a contact. Those at other instances count, too.
   * The seat's current one of the same kind does not, because a seat has one call
   * and one chat. */
  hasRoom(seat: RunningSeat, kind: ContactKind, address: string): boolean {
    const own = addressBlock(address);
    const site = addressBlock(address, 48);
    let [ofAddress, ofSite] = this.#elsewhere(own, site);
    for (const [one, block] of this.#sites.get(site) ?? []) {
      const { call, chat } = one.running;
      const isOwn = one === seat;
      const count = Number(call && !(isOwn && kind === "call")) +
        Number(chat && !(isOwn && kind === "chat"));
      ofSite += count;
      if (block === own) ofAddress += count;
    }
    return ofAddress < this.#perAddress &&
      ofSite < this.#perAddress * ADDRESSES_PER_SITE;
  }

  #elsewhere(own: string, site: string): [number, number] {
    let [ofAddress, ofSite] = [0, 0];
    for (const counts of this.#others.contacts()) {
      ofAddress += counts[own] ?? 0;
      for (const [block, count] of Object.entries(counts)) {
        if (siteOf(block) === site) ofSite += count;
      }
    }
    return [ofAddress, ofSite];
  }
}

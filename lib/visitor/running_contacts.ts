import { addressBlock } from "@/lib/base/ip_address.ts";

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
  readonly #sites = new Map<string, Map<RunningSeat, string>>();
  readonly #siteOf = new Map<RunningSeat, string>();

  constructor(perAddress: number) {
    this.#perAddress = perAddress;
  }

  /** Counts the contacts of this seat, for its first address. */
  add(seat: RunningSeat, address: string): void {
    if (this.#siteOf.has(seat)) return;
    const site = addressBlock(address, 48);
    const seats = this.#sites.get(site) ?? new Map<RunningSeat, string>();
    this.#sites.set(site, seats.set(seat, addressBlock(address)));
    this.#siteOf.set(seat, site);
  }

  delete(seat: RunningSeat): void {
    const site = this.#siteOf.get(seat);
    if (site === undefined) return;
    this.#siteOf.delete(seat);
    const seats = this.#sites.get(site);
    seats?.delete(seat);
    if (seats?.size === 0) this.#sites.delete(site);
  }

  /** True if this seat may begin a contact. Its current one of the same kind does
   * not count, because a seat has one call and one chat. */
  hasRoom(seat: RunningSeat, kind: ContactKind, address: string): boolean {
    const own = addressBlock(address);
    let [ofAddress, ofSite] = [0, 0];
    for (
      const [one, block] of this.#sites.get(addressBlock(address, 48)) ?? []
    ) {
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
}

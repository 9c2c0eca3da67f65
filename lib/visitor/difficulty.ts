import { addressBlock } from "@/lib/base/address_block.ts";
import type { VisitorLimits } from "./visit_host.ts";

const WINDOW_MS = 60_000;
/** An IPv6 /48 counts towards a widget's rush as so many addresses. */
const ADDRESSES_PER_SITE = 4;

type Limits = Pick<
  VisitorLimits,
  "proofBits" | "proofBitsMax" | "calmPerAddress" | "calmPerWidget"
>;

/**
 * How hard the next Challenge is: harder the more were asked for by this address,
 * or at this widget, in the last one to two minutes. Who comes alone to a calm
 * widget notices nothing; a crowd of one address, or from everywhere, pays.
 */
export class Difficulty {
  readonly #limits: Limits;
  readonly #addresses = new Rate();
  readonly #sites = new Rate();
  readonly #widgets = new Rate();

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  /** Counts a Challenge, and returns how many bits it needs. Towards the rush at a
   * widget, only the first few Challenges of each address count, so one client
   * cannot make the work harder for everybody else. */
  next(address: string, uuid: string, now: number): number {
    const { calmPerAddress, calmPerWidget } = this.#limits;
    const ofAddress = this.#addresses.count(addressBlock(address), now);
    const ofSite = this.#sites.count(addressBlock(address, 48), now);
    const counts = ofAddress <= calmPerAddress &&
      ofSite <= calmPerAddress * ADDRESSES_PER_SITE;
    const ofWidget = this.#widgets.count(uuid, now, counts ? 1 : 0);
    return bitsFor(
      ofAddress / calmPerAddress,
      ofWidget / calmPerWidget,
      this.#limits,
    );
  }
}

/** Each doubling of what is calm doubles the work, up to a limit. */
export function bitsFor(
  address: number,
  widget: number,
  { proofBits, proofBitsMax }: Limits,
): number {
  const rush = Math.max(1, address, widget);
  return Math.min(proofBitsMax, proofBits + Math.ceil(Math.log2(rush)));
}

/** Counts by key in this window; what was counted in the one before holds on, so
 * that nobody gains by waiting for a full minute. */
class Rate {
  #before = new Map<string, number>();
  #counts = new Map<string, number>();
  #endsAt = 0;

  /** Counts one, or `add`; how many there are. */
  count(key: string, now: number, add = 1): number {
    if (now >= this.#endsAt) {
      const isNext = now < this.#endsAt + WINDOW_MS;
      this.#before = isNext ? this.#counts : new Map();
      this.#counts = new Map();
      this.#endsAt = now + WINDOW_MS;
    }
    const count = (this.#counts.get(key) ?? 0) + add;
    this.#counts.set(key, count);
    return Math.max(count, this.#before.get(key) ?? 0);
  }
}

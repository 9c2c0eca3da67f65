import { addressBlock } from "@/lib/base/address_block.ts";
import type { VisitorLimits } from "./limits.ts";

const WINDOW_MS = 60_000;
/** For a widget's rate, an IPv6 /48 counts as this number of addresses. */
const ADDRESSES_PER_SITE = 4;

type Limits = Pick<
  VisitorLimits,
  "proofBits" | "proofBitsMax" | "calmPerAddress" | "calmPerWidget"
>;

/**
 * The difficulty of the next Challenge, which rises with the number of requests
 * by this address, or at this widget, in the last one to two minutes. A single
 * visitor of a widget with a normal rate notices nothing; a crowd, from one
 * address or from everywhere, has to work.
 */
export class Difficulty {
  readonly #limits: Limits;
  readonly #addresses = new Rate();
  readonly #sites = new Rate();
  readonly #widgets = new Rate();

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  /** Counts a Challenge, and returns its number of bits. Only the first few
   * Challenges of each address count towards the rate of a widget, so one
   * client cannot raise the difficulty for others. */
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

/** Doubles the work with each doubling of the normal rate, up to a limit. */
export function bitsFor(
  address: number,
  widget: number,
  { proofBits, proofBitsMax }: Limits,
): number {
  const rush = Math.max(1, address, widget);
  return Math.min(proofBitsMax, proofBits + Math.ceil(Math.log2(rush)));
}

/** Counts by key in this window. The previous window still counts, so that
 * waiting for a new minute brings no advantage. */
class Rate {
  #before = new Map<string, number>();
  #counts = new Map<string, number>();
  #endsAt = 0;

  /** Counts one, or `add`; returns the sum. */
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

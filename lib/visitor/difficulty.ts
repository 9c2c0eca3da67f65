import { addressBlock } from "@/lib/base/ip_address.ts";
import { KeyedRateWindow } from "@/lib/base/rate_window.ts";
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
  readonly #addresses = new KeyedRateWindow(WINDOW_MS);
  readonly #sites = new KeyedRateWindow(WINDOW_MS);
  readonly #widgets = new KeyedRateWindow(WINDOW_MS);

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  /** Counts a Challenge, and returns its number of bits. Only the first few
   * Challenges of each address count towards the rate of a widget, so one
   * client cannot raise the difficulty for others. */
  next(address: string, uuid: string, now: number): number {
    const { calmPerAddress, calmPerWidget } = this.#limits;
    const ofAddress = this.#addresses.peak(addressBlock(address), now);
    const ofSite = this.#sites.peak(addressBlock(address, 48), now);
    const counts = ofAddress <= calmPerAddress &&
      ofSite <= calmPerAddress * ADDRESSES_PER_SITE;
    const ofWidget = this.#widgets.peak(uuid, now, counts ? 1 : 0);
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

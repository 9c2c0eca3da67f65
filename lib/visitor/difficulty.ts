import { keyOf } from "./address_limits.ts";
import type { VisitorLimits } from "./visit_host.ts";

const WINDOW_MS = 60_000;

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
  readonly #widgets = new Rate();

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  /** Counts a Challenge; the bits that it shall have. */
  next(address: string, uuid: string, now: number): number {
    const { calmPerAddress, calmPerWidget } = this.#limits;
    return bitsFor(
      this.#addresses.count(keyOf(address), now) / calmPerAddress,
      this.#widgets.count(uuid, now) / calmPerWidget,
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

  /** Counts one; how many there are. */
  count(key: string, now: number): number {
    if (now >= this.#endsAt) {
      const isNext = now < this.#endsAt + WINDOW_MS;
      this.#before = isNext ? this.#counts : new Map();
      this.#counts = new Map();
      this.#endsAt = now + WINDOW_MS;
    }
    const count = (this.#counts.get(key) ?? 0) + 1;
    this.#counts.set(key, count);
    return Math.max(count, this.#before.get(key) ?? 0);
  }
}

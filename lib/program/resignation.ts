import { getLogger } from "@logtape/logtape";
import type { Clock } from "@/lib/base/clock.ts";
import { every } from "@/lib/base/every.ts";
import { RENEW_EVERY_MS } from "@/lib/store/instance_store.ts";

const log = getLogger(["widgets", "cluster"]);

const LOOK_MS = 1_000;
/** Another instance notices as late as this that it has no store either. */
const ALONE_MS = RENEW_EVERY_MS + 1_000;
/** An instance without the bus and the store is cut off after this time. */
const CUT_OFF_MS = 10_000;

export interface ResignationOptions {
  clock: Clock;
  /** False while the store does not answer this instance. */
  isStoreOk(): boolean;
  isBusAway(): boolean;
  /** True while another instance works that has the store, or did when the bus
   * went away. It is called each second. */
  canBeClaimed(): boolean;
  /** Closes all pages, so that they reconnect at another instance. */
  sendPagesAway(): void;
}

/**
 * Sends the pages of this instance to others while it cannot serve them
 * (MEMBER8).
 */
export class Resignation implements Disposable {
  readonly #options: ResignationOptions;
  readonly #looking: Disposable;
  /** When only this instance was first seen to have no store. */
  #aloneSince: number | undefined;
  /** When both the bus and the store were first seen to be away. */
  #cutOffSince: number | undefined;
  #isResigned = false;

  constructor(options: ResignationOptions) {
    this.#options = options;
    this.#looking = every(options.clock, LOOK_MS, () => this.#look());
  }

  [Symbol.dispose](): void {
    this.#looking[Symbol.dispose]();
  }

  #look(): void {
    const { clock, isStoreOk, isBusAway, canBeClaimed, sendPagesAway } =
      this.#options;
    const canMove = canBeClaimed() && !isStoreOk();
    const isCutOff = canMove && isBusAway();
    const isAlone = canMove && !isBusAway();
    const now = clock.now();
    this.#cutOffSince = isCutOff ? this.#cutOffSince ?? now : undefined;
    this.#aloneSince = isAlone ? this.#aloneSince ?? now : undefined;
    const mustResign = now - (this.#aloneSince ?? now) >= ALONE_MS ||
      now - (this.#cutOffSince ?? now) >= CUT_OFF_MS;
    if (mustResign !== this.#isResigned) this.#tell(mustResign);
    if (mustResign) sendPagesAway();
  }

  #tell(isResigned: boolean): void {
    this.#isResigned = isResigned;
    if (isResigned) {
      log.error(
        "Pages are sent to other instances, because this one has no store",
      );
    } else log.info("Pages can stay at this instance again");
  }
}

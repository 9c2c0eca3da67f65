import type { Clock } from "@/lib/base/clock.ts";
import type { ReturningBus } from "./bus.ts";
import type { Members } from "./members.ts";

/** An instance that lives is known after the bus has worked for this time. */
const KNOWN_AFTER_MS = 2_000;

export interface LivingInstancesOptions {
  /** This instance's id. */
  own: string;
  bus: Pick<ReturningBus, "isAway" | "onReturn">;
  members: Pick<Members, "get">;
  clock: Pick<Clock, "now">;
  /** The instances' rows in the store. */
  rows: { isAlive(id: string): Promise<boolean> };
  /** False while the store does not answer this instance. */
  isStoreOk(): boolean;
}

/**
 * Tells which instances have ended, so that others take over what was theirs
 * (MEMBER7). A wrong verdict is harmless, because the store refuses the writes
 * of the instance that lost a thing to another one.
 */
export class LivingInstances implements Disposable {
  readonly #options: LivingInstancesOptions;
  readonly #listening: Disposable;
  #busSince: number;

  constructor(options: LivingInstancesOptions) {
    this.#options = options;
    const { bus, clock } = options;
    this.#busSince = clock.now();
    this.#listening = bus.onReturn(() => void (this.#busSince = clock.now()));
  }

  /** True if the instance has ended, does not answer any more, or has lost the
   * store that this one has. */
  async isDead(id: string): Promise<boolean> {
    const { own, bus, members, clock, rows, isStoreOk } = this.#options;
    if (id === own) return false;
    const member = members.get(id);
    if (member !== undefined) return member.store === "away" && isStoreOk();
    const busMs = clock.now() - this.#busSince;
    if (!bus.isAway && busMs >= KNOWN_AFTER_MS) return true;
    return !await rows.isAlive(id);
  }

  [Symbol.dispose](): void {
    this.#listening[Symbol.dispose]();
  }
}

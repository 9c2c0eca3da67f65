import type { ReturningBus } from "@/lib/cluster/bus.ts";
import type { Members } from "@/lib/cluster/members.ts";

export interface SuccessorsOptions {
  bus: Pick<ReturningBus, "isAway">;
  members: Pick<Members, "all" | "isBusAway">;
}

/** The other instances that can continue what this one has. */
export class Successors {
  readonly #options: SuccessorsOptions;
  #hadAny = false;

  constructor(options: SuccessorsOptions) {
    this.#options = options;
  }

  /** Returns those that have the store and are not about to stop. */
  ids(): string[] {
    return this.#options.members.all()
      .filter(({ store, draining }) => store === "ok" && !draining)
      .map(({ id }) => id);
  }

  /** True while the bus carries nothing, so that this instance cannot know which
   * others are alive. */
  get isBusAway(): boolean {
    const { bus, members } = this.#options;
    return bus.isAway || members.isBusAway;
  }

  /** True if there is one. While the bus is away, the others are forgotten after
   * some time but probably alive, so what was known before counts (MEMBER9).
   * Must be asked regularly. */
  hasAny(): boolean {
    const has = this.ids().length > 0;
    if (has || !this.isBusAway) this.#hadAny = has;
    return this.#hadAny;
  }
}

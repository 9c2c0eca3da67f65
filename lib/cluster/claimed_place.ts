import type { Clock } from "@/lib/base/clock.ts";

/** Reports that arrive this long after a claim, in ms, can be older than it: the
 * last ones of an instance that has died take as long to end. */
const OLDER_MS = 3_000;

/** The place that an agent has claimed, as against older reports of others. */
export class ClaimedPlace {
  readonly #clock: Pick<Clock, "now">;
  #claimed: string | undefined;
  #left: string | undefined;
  #until = 0;

  constructor(clock: Pick<Clock, "now">) {
    this.#clock = clock;
  }

  /** The agent has moved to a place. */
  claim(place: string, { from }: { from: string }): void {
    if (place !== from) this.#left = from;
    this.#claimed = place;
    this.#until = this.#clock.now() + OLDER_MS;
  }

  /** The claimed place is gone. */
  release(): void {
    this.#claimed = undefined;
  }

  /** True if a report that the agent is at a place is older than the claim. An
   * agent who returns to the place that it has left claims it again. */
  isBefore(place: string): boolean {
    if (place === this.#left) return true;
    return this.#claimed !== undefined && place !== this.#claimed &&
      this.#clock.now() < this.#until;
  }
}

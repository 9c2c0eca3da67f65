/** Own beacons come back over the bus. If none did for this time, the bus is
 * away. */
const AWAY_MS = 1_000;

/** The own beacons that come back, which show whether the bus carries messages. */
export class OwnBeacons {
  /** Number of the newest beacon. */
  beat = 0;
  /** When it was sent. */
  sentAt: number;
  /** Milliseconds that it took over the bus; undefined before the first one. */
  latencyMs: number | undefined;
  /** Since when the bus carries messages without a break. */
  since: number;
  #heardAt: number;

  constructor(now: number) {
    this.sentAt = now;
    this.since = now;
    this.#heardAt = now;
  }

  /** Returns the number of the next beacon. */
  next(now: number): number {
    this.sentAt = now;
    return ++this.beat;
  }

  hear(beat: number, now: number): void {
    if (this.isBusAway(now)) this.since = now;
    this.#heardAt = now;
    if (beat === this.beat) this.latencyMs = now - this.sentAt;
  }

  isBusAway(now: number): boolean {
    return now - this.#heardAt > AWAY_MS;
  }
}

import type { QualityWatch } from "./quality.ts";

/** Redraws a connected call each second, and follows its quality. */
export class Ticker {
  #timer: ReturnType<typeof setInterval> | undefined;
  /** Loads when the call is connected: before, there is nothing to measure. */
  #watch: QualityWatch | undefined;

  get quality(): QualityWatch["quality"] {
    return this.#watch?.quality;
  }

  start(
    changed: () => void,
    report: () => Promise<RTCStatsReport> | undefined,
  ): void {
    this.#timer = setInterval(() => {
      this.#watch?.tick(report).catch(() => {}); // The call has just ended.
      changed();
    }, 1_000);
    import("./quality.ts").then(
      ({ QualityWatch }) => this.#watch = new QualityWatch(),
      () => {}, // The network is away: nothing is said about it.
    );
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}

import type { QualityWatch } from "./quality.ts";

/** Redraws a connected call each second, and follows its quality. */
export class Ticker {
  #timer: ReturnType<typeof setInterval> | undefined;
  /** Loads when the call is connected, because there is nothing to measure
   * before. */
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
      () => {}, // There is no network, so show no quality.
    );
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}

/** The relevant numbers from one statistics report of a call. */
export interface Reception {
  /** Packets of audio since the call began. */
  received: number;
  lost: number;
  /** In seconds. */
  jitter: number;
  roundTrip: number;
}

export type Quality = "qualityGood" | "qualityFair" | "qualityPoor";

/**
 * Rates a call's quality between two reports. Speech begins to suffer at these
 * bounds (ITU-T G.107, G.114): 3 and 8 % loss, 30 and 60 ms jitter, 300 and 600
 * ms round-trip time.
 */
export function qualityOf(before: Reception, now: Reception): Quality {
  const lost = Math.max(0, now.lost - before.lost);
  const all = lost + Math.max(0, now.received - before.received);
  const loss = all === 0 ? 1 : lost / all;
  const worse = (fair: boolean, poor: boolean) => poor ? 2 : fair ? 1 : 0;
  const worst = Math.max(
    worse(loss > 0.03, loss > 0.08),
    worse(now.jitter > 0.03, now.jitter > 0.06),
    worse(now.roundTrip > 0.3, now.roundTrip > 0.6),
  );
  return (["qualityGood", "qualityFair", "qualityPoor"] as const)[worst] ??
    "qualityPoor";
}

/** Rates a call's quality every few seconds. */
export class QualityWatch {
  #before: Reception | undefined;
  #ticks = 0;
  /** Undefined in the first seconds. */
  quality: Quality | undefined;

  /** Must be called each second; requests every third report. */
  async tick(report: () => Promise<RTCStatsReport> | undefined): Promise<void> {
    if (++this.#ticks % 3 > 0) return;
    const stats = await report();
    if (stats === undefined) return;
    const now = receptionOf(stats);
    if (this.#before) this.quality = qualityOf(this.#before, now);
    this.#before = now;
  }
}

/** Reads a browser's report; missing values are 0. */
export function receptionOf(report: RTCStatsReport): Reception {
  const reception = { received: 0, lost: 0, jitter: 0, roundTrip: 0 };
  const number = (value: unknown) => typeof value === "number" ? value : 0;
  report.forEach((stat) => {
    if (stat.type === "inbound-rtp" && stat.kind === "audio") {
      reception.received += number(stat.packetsReceived);
      reception.lost += number(stat.packetsLost);
      reception.jitter = number(stat.jitter);
    } else if (stat.type === "candidate-pair" && stat.nominated) {
      reception.roundTrip = number(stat.currentRoundTripTime);
    }
  });
  return reception;
}

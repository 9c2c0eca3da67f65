import { deepEqual, equal } from "node:assert/strict";
import { qualityOf, QualityWatch, receptionOf } from "./quality.ts";
import { clockOf } from "./duration.ts";

const start = { received: 100, lost: 0, jitter: 0, roundTrip: 0 };

Deno.test("qualityOf() describes what can be heard", () => {
  const moments = [
    [{ received: 250, lost: 0, jitter: 0.005, roundTrip: 0.05 }, "qualityGood"],
    [
      { received: 240, lost: 10, jitter: 0.005, roundTrip: 0.05 },
      "qualityFair",
    ],
    [{ received: 250, lost: 0, jitter: 0.005, roundTrip: 0.4 }, "qualityFair"],
    [{ received: 250, lost: 0, jitter: 0.08, roundTrip: 0.05 }, "qualityPoor"],
    [{ received: 100, lost: 0, jitter: 0, roundTrip: 0 }, "qualityPoor"],
  ] as const;
  for (const [now, quality] of moments) equal(qualityOf(start, now), quality);
});

Deno.test("qualityOf() rates each value by its own bounds", () => {
  const good = { ...start, received: 1_100 };
  const rate = (now: Partial<typeof start>) =>
    qualityOf(start, { ...good, ...now }).replace("quality", "");
  const loss = (lost: number) => rate({ lost, received: 1_100 - lost });

  deepEqual([30, 31, 80, 81].map(loss), ["Good", "Fair", "Fair", "Poor"]);
  deepEqual(
    [0.03, 0.031, 0.06, 0.061].map((jitter) => rate({ jitter })),
    ["Good", "Fair", "Fair", "Poor"],
  );
  deepEqual(
    [0.3, 0.301, 0.6, 0.601].map((roundTrip) => rate({ roundTrip })),
    ["Good", "Fair", "Fair", "Poor"],
  );
  equal(rate({ lost: 50, jitter: 0.04, roundTrip: 0.7 }), "Poor");
  // A new connection counts from 0 again.
  equal(qualityOf({ ...start, lost: 90 }, { ...good, lost: 0 }), "qualityGood");
});

type Stat = Record<string, unknown>;

function report(...stats: Stat[]): RTCStatsReport {
  return new Map(stats.entries()) as unknown as RTCStatsReport;
}

function heard(packetsReceived: number): Stat {
  return { type: "inbound-rtp", kind: "audio", packetsReceived };
}

Deno.test("receptionOf() reads the received audio and the connection in use", () => {
  const all = report(
    { ...heard(10), packetsLost: 1, jitter: 0.01 },
    { ...heard(20), packetsLost: 2, jitter: 0.02 },
    { ...heard(500), kind: "video", packetsLost: 500, jitter: 5 },
    { type: "candidate-pair", nominated: true, currentRoundTripTime: 0.1 },
    { type: "candidate-pair", nominated: false, currentRoundTripTime: 9 },
    { type: "outbound-rtp", kind: "audio", packetsReceived: 7 },
  );

  deepEqual(receptionOf(all), {
    received: 30,
    lost: 3,
    jitter: 0.02,
    roundTrip: 0.1,
  });
  deepEqual(receptionOf(report({ type: "inbound-rtp", kind: "audio" })), {
    received: 0,
    lost: 0,
    jitter: 0,
    roundTrip: 0,
  });
});

Deno.test("a call is rated every third second, between two reports", async () => {
  const watch = new QualityWatch();
  const rated: unknown[] = [];
  let asked = 0;
  for (let second = 1; second <= 10; second++) {
    await watch.tick(() => {
      asked++;
      // The sound stops after the second report; there is no third one.
      if (second === 9) return undefined;
      return Promise.resolve(report(heard(Math.min(second, 6) * 50)));
    });
    rated.push(watch.quality);
  }
  for (let second = 11; second <= 12; second++) {
    await watch.tick(() => Promise.resolve(report(heard(300))));
  }

  equal(asked, 3);
  deepEqual(rated.slice(0, 5), Array(5).fill(undefined));
  deepEqual(rated.slice(5), Array(5).fill("qualityGood"));
  equal(watch.quality, "qualityPoor");
});

Deno.test("clockOf() shows minutes, and hours if there are any", () => {
  equal(clockOf(5_999), "0:05");
  equal(clockOf(60_000), "1:00");
  equal(clockOf(3_599_000), "59:59");
  equal(clockOf(3_660_000), "1:01:00");
  equal(clockOf(3_725_000), "1:02:05");
});

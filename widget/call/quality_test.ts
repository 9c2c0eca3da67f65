import { equal } from "node:assert/strict";
import { qualityOf } from "./quality.ts";
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

Deno.test("clockOf() shows minutes, and hours if there are any", () => {
  equal(clockOf(5_999), "0:05");
  equal(clockOf(60_000), "1:00");
  equal(clockOf(3_599_000), "59:59");
  equal(clockOf(3_660_000), "1:01:00");
  equal(clockOf(3_725_000), "1:02:05");
});

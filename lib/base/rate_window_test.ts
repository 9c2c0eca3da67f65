import { deepEqual } from "node:assert/strict";
import { KeyedRateWindow, RateWindow } from "./rate_window.ts";

Deno.test("RateWindow.take() allows 2 events per window, then returns the seconds to wait", () => {
  const window = new RateWindow(2, 10_000);

  const waits = [5_000, 6_000, 7_000, 14_999, 15_000, 15_000, 16_000]
    .map((now) => window.take(now));

  deepEqual(waits, [0, 0, 8, 1, 0, 0, 9]);
});

Deno.test("KeyedRateWindow.take() counts each key in the same window", () => {
  const window = new KeyedRateWindow(60_000);
  const take = (key: string, now: number) => window.take(key, now, 1);

  const waits = [take("a", 0), take("b", 50_000), take("a", 50_500)];
  const next = [take("a", 60_000), take("b", 60_000), take("b", 60_001)];

  deepEqual([waits, next], [[0, 0, 10], [0, 0, 60]]);
});

Deno.test("KeyedRateWindow.peak() remembers the previous window, and no earlier one", () => {
  const window = new KeyedRateWindow(60_000);

  const counts = [0, 0, 0, 60_000, 120_000, 300_000]
    .map((now) => window.peak("a", now));
  const others = [window.peak("b", 300_000, 0), window.peak("b", 300_000, 4)];

  deepEqual([counts, others], [[1, 2, 3, 3, 1, 1], [0, 4]]);
});

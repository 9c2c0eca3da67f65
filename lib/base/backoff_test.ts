import { deepEqual } from "node:assert/strict";
import { backoffMs } from "./backoff.ts";

Deno.test("backoffMs() doubles up to the limit and keeps half of it fixed", () => {
  const backoff = { firstMs: 1_000, maxMs: 30_000 };

  const least = [0, 1, 2, 10, 2_000].map((n) => backoffMs(n, backoff, 0));
  const most = [0, 1, 2, 10, 2_000].map((n) => backoffMs(n, backoff, 1));

  deepEqual(least, [500, 1_000, 2_000, 15_000, 15_000]);
  deepEqual(most, [1_000, 2_000, 4_000, 30_000, 30_000]);
});

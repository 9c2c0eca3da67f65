import { deepEqual, equal } from "node:assert/strict";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import {
  RateLimit,
  REQUESTS_AT_ONCE,
  REQUESTS_PER_SECOND,
} from "./rate_limit.ts";

Deno.test("[API5] a token can send 100 requests at once and 5 per second, and no other token notices", () => {
  const clock = new FakeClock();
  const limit = new RateLimit(clock);
  const taken = () => {
    let count = 0;
    while (limit.take("a") === 0) count++;
    return count;
  };

  const atOnce = taken();
  const wait = limit.take("a");
  clock.advance(wait * 1_000);
  const second = taken();
  clock.advance(3_600_000);
  const hour = taken();

  deepEqual([atOnce, hour], [REQUESTS_AT_ONCE, REQUESTS_AT_ONCE]);
  deepEqual([wait, second], [1, REQUESTS_PER_SECOND]);
  equal(limit.take("b"), 0);
  // An expensive request counts as several.
  equal(limit.take("c", REQUESTS_AT_ONCE), 0);
  equal(limit.take("c", REQUESTS_PER_SECOND * 2), 2);
});

import { deepEqual } from "node:assert/strict";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { every } from "./every.ts";

Deno.test("every() runs after the first delay, then in the interval, until disposed of", () => {
  const clock = new FakeClock();
  const start = clock.now();
  const times: number[] = [];

  const timer = every(clock, 100, () => times.push(clock.now() - start), 30);
  clock.advance(350);
  timer[Symbol.dispose]();
  clock.advance(1_000);

  deepEqual(times, [30, 130, 230, 330]);
});

Deno.test("every() ends if its function disposes of it", () => {
  const clock = new FakeClock();
  let runs = 0;

  const timer = every(clock, 100, () => {
    runs++;
    timer[Symbol.dispose]();
  });
  clock.advance(1_000);

  deepEqual(runs, 1);
});

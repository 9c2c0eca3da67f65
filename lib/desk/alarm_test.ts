import { deepEqual, equal } from "node:assert/strict";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { Alarm } from "./alarm.ts";

function room() {
  const clock = new FakeClock(0);
  const rung: number[] = [];
  const alarm = new Alarm(clock, () => rung.push(clock.now()));
  return { clock, alarm, rung };
}

Deno.test("an alarm rings once, at the time that was set last", () => {
  const { clock, alarm, rung } = room();

  alarm.set(1_000);
  alarm.set(500);
  alarm.set(2_000);
  alarm.set(2_000);
  equal(clock.pending, 1);
  clock.advance(10_000);

  deepEqual(rung, [2_000]);
});

Deno.test("an alarm that is set off, or disposed of, does not ring", () => {
  const { clock, alarm, rung } = room();

  alarm.set(1_000);
  alarm.set(undefined);
  clock.advance(10_000);
  alarm.set(20_000);
  alarm[Symbol.dispose]();
  clock.advance(20_000);

  deepEqual([rung, clock.pending], [[], 0]);
});

Deno.test("an alarm can be set again for a time at which it rang, and for one that is past", () => {
  const { clock, alarm, rung } = room();

  alarm.set(1_000);
  clock.advance(1_000);
  alarm.set(1_000);
  clock.advance(0);
  alarm.set(500);
  clock.advance(0);

  deepEqual(rung, [1_000, 1_000, 1_000]);
});

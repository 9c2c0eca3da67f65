import { deepEqual } from "node:assert/strict";
import { FakeClock } from "./fake_clock.ts";

Deno.test("FakeClock.advance() runs due timers in order, each at its time", () => {
  const clock = new FakeClock(1_000);
  const ran: string[] = [];
  const note = (name: string) => ran.push(`${name} ${clock.now()}`);
  clock.after(20, () => note("late"));
  clock.after(10, () => {
    note("early");
    clock.after(5, () => note("set on the way"));
  });
  clock.after(10, () => note("disposed"))[Symbol.dispose]();
  clock.after(21, () => note("not due"));

  clock.advance(20);

  deepEqual(ran, ["early 1010", "set on the way 1015", "late 1020"]);
  deepEqual([clock.now(), clock.pending], [1_020, 1]);
});

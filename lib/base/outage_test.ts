import { deepEqual, equal } from "node:assert/strict";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { Outage, OUTAGE_SHOWN_AFTER_MS } from "./outage.ts";

function outageAt(clock: FakeClock) {
  const changes: boolean[] = [];
  const outage = new Outage(clock, (isLong) => changes.push(isLong));
  return { outage, changes };
}

Deno.test("Outage reports an outage once it is long, and its end", () => {
  const clock = new FakeClock();
  const { outage, changes } = outageAt(clock);

  outage.begin();
  clock.advance(OUTAGE_SHOWN_AFTER_MS - 1);
  const before = outage.isLong;
  clock.advance(1);
  const during = outage.isLong;
  outage.end();

  deepEqual([before, during, outage.isLong], [false, true, false]);
  deepEqual(changes, [true, false]);
  equal(clock.pending, 0);
});

Deno.test("Outage reports nothing of a short outage, and counts the next one from its beginning", () => {
  const clock = new FakeClock();
  const { outage, changes } = outageAt(clock);

  outage.begin();
  clock.advance(OUTAGE_SHOWN_AFTER_MS - 1);
  outage.end();
  outage.begin();
  clock.advance(OUTAGE_SHOWN_AFTER_MS - 1);
  outage[Symbol.dispose]();
  clock.advance(OUTAGE_SHOWN_AFTER_MS);

  deepEqual([changes, outage.isLong], [[], false]);
});

Deno.test("Outage counts from its beginning, however often a try to reconnect fails", () => {
  const clock = new FakeClock();
  const { outage, changes } = outageAt(clock);

  outage.begin();
  clock.advance(OUTAGE_SHOWN_AFTER_MS - 1);
  outage.begin();
  clock.advance(1);
  outage.begin();
  clock.advance(OUTAGE_SHOWN_AFTER_MS);

  deepEqual(changes, [true]);
});

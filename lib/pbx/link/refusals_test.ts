import { deepEqual } from "node:assert/strict";
import { Hub } from "@/lib/base/hub.ts";
import type { Topics } from "@/lib/model/topics.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { Refusals } from "./refusals.ts";

Deno.test("[P35] rejected logins at several instances count together, for a minute", () => {
  const [hub, clock] = [new Hub<Topics>(), new FakeClock()];
  const here = new Refusals(clock, hub);
  const there = new Refusals(clock, hub);
  const waits = () =>
    [here, there].map((refusals) => [
      refusals.mustWait("192.0.2.1", "a/pbx/app"),
      refusals.mustWait("192.0.2.1", "a/pbx/other"),
      refusals.isFull("192.0.2.1"),
    ]);

  for (let n = 0; n < 5; n++) {
    (n % 2 ? here : there).add("192.0.2.1", "a/pbx/app");
  }
  const blocked = waits();
  for (let n = 0; n < 45; n++) there.add("192.0.2.1", `${n}`);
  const full = waits();
  clock.advance(60_000);

  deepEqual(blocked, [[true, false, false], [true, false, false]]);
  deepEqual(full, [[true, true, true], [true, true, true]]);
  deepEqual(waits(), [[false, false, false], [false, false, false]]);
});

Deno.test("[P35] a very long claim is counted by its beginning", () => {
  const refusals = new Refusals(new FakeClock(), new Hub<Topics>());
  const claim = "x".repeat(10_000);

  for (let n = 0; n < 5; n++) refusals.add("192.0.2.1", `${claim}${n}`);

  deepEqual(
    [claim, "y"].map((one) => refusals.mustWait("192.0.2.1", one)),
    [true, false],
  );
});

Deno.test("[P35] 400 characters of an address with its claim are compared", () => {
  const isShared = (length: number) => {
    const refusals = new Refusals(new FakeClock(), new Hub<Topics>());
    const claim = "x".repeat(length - "192.0.2.1 ".length);
    for (let n = 0; n < 5; n++) refusals.add("192.0.2.1", `${claim}${n}`);
    return refusals.mustWait("192.0.2.1", `${claim}a`);
  };

  deepEqual([399, 400].map(isShared), [false, true]);
});

Deno.test("[P35] the 2,000 addresses and claims that were rejected last are known", () => {
  const isKnown = (others: number) => {
    const refusals = new Refusals(new FakeClock(), new Hub<Topics>());
    for (let n = 0; n < 5; n++) refusals.add("192.0.2.1", "widgets");
    for (let n = 0; n < others; n++) refusals.add(`other ${n}`, "widgets");
    return refusals.mustWait("192.0.2.1", "widgets");
  };

  // Each of them has an address and a claim.
  deepEqual([999, 1_000].map(isKnown), [true, false]);
});

import { deepEqual, equal } from "node:assert/strict";
import { openInstances, settled } from "@/tests/support/desk_instances.ts";

Deno.test("[D40] one instance is the home of an agent who can be notified, and another one takes over", async () => {
  await using instances = await openInstances();
  const { a, b, clock } = instances;

  for (const { arrivals } of [a, b]) arrivals.setReachable("o1", true);
  await settled();
  const [home, other] = a.reaches.length > 0 ? [a, b] : [b, a];
  const before = [home.reaches, other.reaches].map((one) => [...one]);
  home.isAlive = false;
  for (let n = 0; n < 2; n++) {
    clock.advance(3_000);
    await settled();
  }
  const page = await other.page();
  other.arrivals.setReachable("o1", false);

  deepEqual(before, [["o1 true"], []]);
  deepEqual(other.reaches, ["o1 true", "o1 false"]);
  deepEqual([page.codes, other.happened.at(-1)], [[], "hello"]);
});

Deno.test("[D40] the devices of an agent whose desk is open are notified by its home, which gives them up before it stops", async () => {
  await using instances = await openInstances();
  const { a, b, clock } = instances;
  await a.page();

  for (const { arrivals } of [a, b]) arrivals.setReachable("o1", true);
  await settled();
  const before = [a.reaches, b.reaches].map((one) => [...one]);
  const drained = a.arrivals.drain();
  clock.advance(0);
  await drained;
  for (let n = 0; n < 2; n++) {
    clock.advance(3_000);
    await settled();
  }

  deepEqual(before, [["o1 true"], []]);
  deepEqual([a.reaches, b.reaches], [["o1 true"], ["o1 true"]]);
  equal(a.happened.at(-1), "left");
});

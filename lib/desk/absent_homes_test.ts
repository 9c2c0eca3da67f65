import { deepEqual, equal } from "node:assert/strict";
import { openInstances, settled } from "@/tests/support/desk_instances.ts";

Deno.test("[D40] one instance is the home of an agent who can be notified, and another one takes over", async () => {
  await using instances = await openInstances();
  const { a, b, clock } = instances;

  for (const { arrivals } of [a, b]) arrivals.setReachable("o1", true);
  await until(() => a.reaches.length + b.reaches.length > 0);
  const [home, other] = a.reaches.length > 0 ? [a, b] : [b, a];
  const before = [home.reaches, other.reaches].map((one) => [...one]);
  home.isAlive = false;
  await until(() => other.reaches.length > 0, () => clock.advance(3_000));
  const page = await other.page();
  await until(() => other.happened.includes("hello"));
  other.arrivals.setReachable("o1", false);

  deepEqual(before, [["o1 true"], []]);
  deepEqual(other.reaches, ["o1 true", "o1 false"]);
  deepEqual([page.codes, other.happened.at(-1)], [[], "hello"]);
});

Deno.test("[D40] the devices of an agent whose desk is open are notified by its home, which gives them up before it stops", async () => {
  await using instances = await openInstances();
  const { a, b, clock } = instances;
  await a.page();
  await until(() => a.happened.includes("hello"));

  for (const { arrivals } of [a, b]) arrivals.setReachable("o1", true);
  await until(() => a.reaches.length > 0);
  const before = [a.reaches, b.reaches].map((one) => [...one]);
  const drained = a.arrivals.drain();
  clock.advance(0);
  await drained;
  await until(() => b.reaches.length > 0, () => clock.advance(3_000));

  deepEqual(before, [["o1 true"], []]);
  deepEqual([a.reaches, b.reaches], [["o1 true"], ["o1 true"]]);
  equal(a.happened.at(-1), "left");
});

/** Resolves when the condition is true. A busy host needs more turns. */
async function until(isSo: () => boolean, again = () => {}): Promise<void> {
  while (!isSo()) {
    again();
    await settled();
  }
}

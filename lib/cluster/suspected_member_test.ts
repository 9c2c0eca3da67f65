import { deepEqual } from "node:assert/strict";
import { crowd } from "@/tests/support/crowd.ts";

/** Lets the promises of the current turn settle. */
async function settle(): Promise<void> {
  for (let n = 0; n < 10; n++) await Promise.resolve();
}

Deno.test("[MEMBER2] an instance that nothing listens for any more is gone 250 ms after it is suspected", async () => {
  const { clock, bus, create } = crowd();
  const [a, b] = [create("a"), create("b")];
  const ear = bus.on("cw.i.b", () => {});
  clock.advance(500);

  await a.members.suspect("b");
  b.bus.isCut = true;
  ear[Symbol.dispose]();
  const suspected = a.members.suspect("b");
  await settle();
  clock.advance(249);
  await settle();
  deepEqual(a.gone, []);
  clock.advance(1);
  await suspected;

  deepEqual(a.gone, ["b lost"]);
});

Deno.test("[MEMBER2] the others ask about an instance that one has found dead, and those that reach it keep it", async () => {
  const { clock, bus, create } = crowd();
  const [a, , c, d] = [create("a"), create("b"), create("c"), create("d")];
  d.bus.reaches = () => Promise.resolve(true);
  const told: unknown[] = [];
  bus.on("cw.lost", (message) => told.push(message));
  clock.advance(1);

  const suspected = a.members.suspect("b");
  await settle();
  clock.advance(250);
  await suspected;
  clock.advance(1);
  await settle();
  clock.advance(250);
  await settle();

  deepEqual([a.gone, c.gone, d.gone], [["b lost"], ["b lost"], []]);
  clock.advance(1);
  deepEqual(told, [{ id: "b" }, { id: "b" }]);
});

Deno.test("[MEMBER2] an instance that reconnects to the bus meanwhile survives a suspicion", async () => {
  const { clock, bus, create } = crowd();
  const [a] = [create("a"), create("b")];
  clock.advance(1);

  const suspected = a.members.suspect("b");
  await settle();
  clock.advance(150);
  bus.on("cw.i.b", () => {});
  clock.advance(100);
  await suspected;

  deepEqual([a.gone, a.ids], [[], ["b"]]);
});

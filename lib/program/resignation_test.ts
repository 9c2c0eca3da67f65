import { deepEqual, equal } from "node:assert/strict";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { logInto } from "@/tests/support/log_into.ts";
import { Resignation } from "./resignation.ts";

function room() {
  const clock = new FakeClock();
  const state = { isStoreOk: true, isBusAway: false, canBeClaimed: true };
  let sent = 0;
  const resignation = new Resignation({
    clock,
    isStoreOk: () => state.isStoreOk,
    isBusAway: () => state.isBusAway,
    canBeClaimed: () => state.canBeClaimed,
    sendPagesAway: () => void sent++,
  });
  /** Lets seconds pass, and returns how often pages were sent away. */
  const pass = (seconds: number) => {
    const before = sent;
    for (let n = 0; n < seconds; n++) clock.advance(1_000);
    return sent - before;
  };
  return { state, pass, resignation, clock };
}

Deno.test("[MEMBER8] pages are sent away each second once only this instance has had no store for 4 s", () => {
  const { state, pass, resignation, clock } = room();

  const before = pass(3);
  state.isStoreOk = false;
  const without = [pass(4), pass(3)];
  state.isStoreOk = true;

  deepEqual([before, without, pass(3)], [0, [0, 3], 0]);
  resignation[Symbol.dispose]();
  equal(clock.pending, 0);
});

Deno.test("[MEMBER8] an instance logs once that it sends pages away, and that they can stay again", async () => {
  const lines: string[] = [];
  using _log = await logInto(lines);
  const { state, pass } = room();

  pass(5);
  state.isStoreOk = false;
  pass(10);
  state.isStoreOk = true;
  pass(5);

  deepEqual(lines, [
    "Pages are sent to other instances, because this one has no store",
    "Pages can stay at this instance again",
  ]);
});

Deno.test("[MEMBER8] pages stay if the others notice up to 3 s later that the store is away", () => {
  const { state, pass } = room();

  state.isStoreOk = false;
  const soon = pass(4);
  state.canBeClaimed = false;

  deepEqual([soon, pass(60)], [0, 0]);
});

Deno.test("[MEMBER8] pages stay while no instance has the store, and while only the bus is away", () => {
  const { state, pass } = room();

  Object.assign(state, { isStoreOk: false, canBeClaimed: false });
  const nobody = pass(60);
  Object.assign(state, { isStoreOk: true, isBusAway: true });

  deepEqual([nobody, pass(60)], [0, 0]);
});

Deno.test("[MEMBER8] an instance without bus and store sends its pages away after 10 s, if there were others", () => {
  const { state, pass } = room();
  const away = { isStoreOk: false, isBusAway: true };
  const here = { isStoreOk: true, isBusAway: false };

  Object.assign(state, away);
  const cutOff = [pass(11), pass(5)];
  Object.assign(state, here);
  const back = pass(1);
  Object.assign(state, away, { canBeClaimed: false });

  deepEqual([cutOff, back, pass(60)], [[1, 5], 0, 0]);
});

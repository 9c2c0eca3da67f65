import { deepEqual, equal } from "node:assert/strict";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { IceWait } from "./ice_wait.ts";

const FULL = { mt: "IceConfig", stun: "s", turn: "t" } as const;
const WITHHELD = { ...FULL, turn: "", turnAfterProof: true };

function wait() {
  const clock = new FakeClock();
  return { clock, ice: new IceWait(clock) };
}

Deno.test("IceWait takes the first answer, or none after 3 s", async () => {
  const answered = wait();
  const silent = wait();

  answered.ice.hear(FULL);
  silent.clock.advance(2_999);
  const stillWaits = silent.clock.pending;
  silent.clock.advance(1);

  deepEqual(await answered.ice.config, FULL);
  deepEqual([stillWaits, silent.clock.pending], [1, 0]);
  equal(await silent.ice.config, undefined);
});

Deno.test("IceWait waits up to 20 s for TURN servers that follow a Proof", async () => {
  const proven = wait();
  const late = wait();

  for (const { ice, clock } of [proven, late]) {
    ice.hear(WITHHELD);
    clock.advance(19_999);
  }
  const stillWaits = late.clock.pending;
  proven.ice.hear(FULL);
  late.clock.advance(1);

  deepEqual([stillWaits, late.clock.pending], [1, 0]);
  deepEqual(await proven.ice.config, FULL);
  deepEqual(await late.ice.config, WITHHELD);
});

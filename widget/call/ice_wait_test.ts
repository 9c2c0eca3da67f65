import { deepEqual, equal } from "node:assert/strict";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { ICE_WAIT_MS, IceWait, TURN_WAIT_MS } from "./ice_wait.ts";

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
  silent.clock.advance(ICE_WAIT_MS);

  deepEqual(await answered.ice.config, FULL);
  equal(await silent.ice.config, undefined);
});

Deno.test("IceWait waits up to 20 s for TURN servers that follow a Proof", async () => {
  const proven = wait();
  const late = wait();

  for (const { ice, clock } of [proven, late]) {
    ice.hear(WITHHELD);
    clock.advance(TURN_WAIT_MS - 1);
  }
  proven.ice.hear(FULL);
  late.clock.advance(1);

  deepEqual(await proven.ice.config, FULL);
  deepEqual(await late.ice.config, WITHHELD);
});

import { equal } from "node:assert/strict";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { Housekeeping } from "./housekeeping.ts";

Deno.test("pictures are swept a minute after the start, then daily, also after a failure", () => {
  const clock = new FakeClock();
  let rounds = 0;
  const sweep = () => {
    rounds++;
    return rounds === 1
      ? Promise.reject(new Error("busy"))
      : Promise.resolve(0);
  };
  const housekeeping = new Housekeeping({ pictures: { sweep }, clock });

  clock.advance(59_999);
  const early = rounds;
  clock.advance(1 + 3 * 24 * 60 * 60_000);
  housekeeping[Symbol.dispose]();
  clock.advance(10 * 24 * 60 * 60_000);

  equal(early, 0);
  equal(rounds, 4);
  equal(clock.pending, 0);
});

import { deepEqual, equal } from "node:assert/strict";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { AUDIT_MS, Housekeeping } from "./housekeeping.ts";

const DAY_MS = 24 * 60 * 60_000;

Deno.test("rooms are cleared a minute after the start, then daily, also after a failure", () => {
  const clock = new FakeClock();
  const start = clock.now();
  const rounds: number[] = [];
  const deleteBefore = (time: number) => {
    rounds.push(time);
    return rounds.length === 1
      ? Promise.reject(new Error("busy"))
      : Promise.resolve(0);
  };
  const pictures = { sweep: () => Promise.resolve(0) };
  const audit = { deleteBefore };
  const housekeeping = new Housekeeping({ pictures, audit, clock });

  clock.advance(59_999);
  const early = rounds.length;
  clock.advance(1 + 2 * DAY_MS);
  housekeeping[Symbol.dispose]();
  clock.advance(10 * DAY_MS);

  equal(early, 0);
  const first = start + 60_000 - AUDIT_MS;
  deepEqual(rounds, [first, first + DAY_MS, first + 2 * DAY_MS]);
  equal(clock.pending, 0);
});

Deno.test("each round sweeps the pictures", async () => {
  const clock = new FakeClock();
  const swept = Promise.withResolvers<void>();
  const sweep = () => Promise.resolve(0).finally(swept.resolve);
  const audit = { deleteBefore: () => Promise.resolve(0) };
  using _ = new Housekeeping({ pictures: { sweep }, audit, clock });

  clock.advance(60_000);

  await swept.promise;
});

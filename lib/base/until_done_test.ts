import { deepEqual, equal } from "node:assert/strict";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { UntilDone } from "./until_done.ts";

const BACKOFF = { firstMs: 1_000, maxMs: 4_000 };

/** Work whose runs the test ends, one after the other. */
function room() {
  const clock = new FakeClock();
  const runs: PromiseWithResolvers<void>[] = [];
  const errors: unknown[] = [];
  const work = new UntilDone(() => {
    const run = Promise.withResolvers<void>();
    runs.push(run);
    return run.promise;
  }, {
    clock,
    backoff: BACKOFF,
    chance: () => 1,
    onError: (error) => errors.push(error),
  });
  return { clock, runs, errors, work };
}

const settle = () => new Promise((done) => setTimeout(done, 0));

Deno.test("UntilDone runs once more, however often it is requested during a run", async () => {
  const { runs, work } = room();
  work.run();
  work.run();
  work.run();
  equal(runs.length, 1);

  runs[0]?.resolve();
  await settle();
  equal(runs.length, 2);
  runs[1]?.resolve();

  await settle();

  equal(runs.length, 2);
});

Deno.test("UntilDone retries a failed run after 1, 2, 4 and then every 4 s", async () => {
  const { clock, runs, errors, work } = room();
  const waits: number[] = [];
  work.run();
  for (let n = 0; n < 4; n++) {
    runs.at(-1)?.reject(new Error("no answer"));
    await settle();
    equal(work.isFailing, true);
    let waited = 0;
    while (runs.length === n + 1) {
      clock.advance(500);
      waited += 500;
    }
    waits.push(waited);
  }
  runs.at(-1)?.resolve();
  await settle();
  clock.advance(60_000);

  deepEqual(waits, [1_000, 2_000, 4_000, 4_000]);
  equal(errors.length, 4);
  equal(runs.length, 5);
  equal(work.isFailing, false);
});

Deno.test("UntilDone stops running once it is disposed", async () => {
  const { clock, runs, work } = room();
  work.run();
  runs[0]?.reject(new Error("no answer"));
  await settle();

  work[Symbol.dispose]();
  clock.advance(60_000);
  await work.run();

  equal(runs.length, 1);
  equal(clock.pending, 0);
});

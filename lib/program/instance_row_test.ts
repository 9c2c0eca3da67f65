import { deepEqual, rejects } from "node:assert/strict";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { logInto } from "@/tests/support/log_into.ts";
import { InstanceRow } from "./instance_row.ts";

async function room() {
  const clock = new FakeClock();
  const calls: string[] = [];
  const state = { error: undefined as Error | undefined };
  const done = (what: string) => {
    calls.push(what);
    return state.error ? Promise.reject(state.error) : Promise.resolve();
  };
  const row = await InstanceRow.open({
    instances: { renew: () => done("renew"), remove: () => done("remove") },
    clock,
    changed: () => calls.push(`changed`),
  });
  const pass = async (ms: number) => {
    clock.advance(ms);
    for (let n = 0; n < 10; n++) await Promise.resolve();
  };
  return { calls, state, row, pass };
}

Deno.test("the row of an instance is renewed every 3 s, and deleted at the end", async () => {
  const { calls, row, pass } = await room();

  await pass(2_999);
  const early = calls.length;
  await pass(1);
  await pass(3_000);
  await row[Symbol.asyncDispose]();
  await pass(9_000);

  deepEqual([early, calls], [1, ["renew", "renew", "renew", "remove"]]);
});

Deno.test("an instance tells the others that its store is away, and that it is back", async () => {
  const { calls, state, row, pass } = await room();
  const shown = [row.isStoreOk];

  state.error = new Error("no answer");
  for (const error of [state.error, state.error, undefined]) {
    state.error = error;
    await pass(3_000);
    shown.push(row.isStoreOk);
  }
  state.error = new Error("no answer");
  await row[Symbol.asyncDispose]();

  deepEqual(shown, [true, false, false, true]);
  deepEqual(calls, [
    ...["renew", "renew", "changed", "renew", "renew", "changed", "remove"],
  ]);
});

Deno.test("an instance logs once that its store is away and why, that it is back, and what it could not delete", async () => {
  const lines: string[] = [];
  using _log = await logInto(lines);
  const { state, row, pass } = await room();
  const fail = async (...errors: (Error | undefined)[]) => {
    for (const error of errors) {
      state.error = error;
      await pass(3_000);
    }
  };

  await fail(new Error("a"), new Error("b"), undefined, undefined);
  await fail(new Error("c"));
  await row[Symbol.asyncDispose]();

  deepEqual(lines, [
    "The store does not answer this instance: Error: a",
    "The store answers this instance again",
    "The store does not answer this instance: Error: c",
    "Cannot delete the row of this instance: Error: c",
  ]);
});

Deno.test("an instance does not start while it cannot write its row", async () => {
  const instances = {
    renew: () => Promise.reject(new Error("no answer")),
    remove: () => Promise.resolve(),
  };
  const clock = new FakeClock();

  await rejects(
    InstanceRow.open({ instances, clock, changed: () => {} }),
    /no answer/,
  );
  deepEqual(clock.pending, 0);
});

Deno.test("a store that has not answered within 3 s is away, until it answers", async () => {
  const lines: string[] = [];
  using _log = await logInto(lines);
  const clock = new FakeClock();
  const answers: (() => void)[] = [];
  const instances = {
    renew: () => new Promise<void>((answer) => answers.push(answer)),
    remove: () => Promise.resolve(),
  };
  const pass = async (ms: number) => {
    clock.advance(ms);
    for (let n = 0; n < 10; n++) await Promise.resolve();
  };
  const opening = InstanceRow.open({ instances, clock, changed: () => {} });
  answers.shift()?.();
  const row = await opening;

  await pass(3_000); // A renewal begins.
  await pass(2_999);
  const before = row.isStoreOk;
  await pass(1);
  const late = row.isStoreOk;
  await pass(60_000);
  const waiting = answers.length;
  answers.shift()?.();
  await pass(0);

  deepEqual([before, late, waiting, row.isStoreOk], [true, false, 1, true]);
  deepEqual(lines, [
    "The store does not answer this instance: no answer within 3 s",
    "The store answers this instance again",
  ]);
  await row[Symbol.asyncDispose]();
  deepEqual(clock.pending, 0);
});

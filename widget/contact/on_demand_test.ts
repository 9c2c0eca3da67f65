import { deepEqual } from "node:assert/strict";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { OnDemand } from "./on_demand.ts";

/** Code whose loading the test decides about. */
function scene() {
  const clock = new FakeClock();
  const tries: PromiseWithResolvers<string>[] = [];
  const told: string[] = [];
  const code = new OnDemand(() => {
    const attempt = Promise.withResolvers<string>();
    tries.push(attempt);
    return attempt.promise;
  }, {
    clock,
    changed: () => told.push("changed"),
    failed: () => told.push("failed"),
  });
  const settle = () => new Promise<void>((resolve) => queueMicrotask(resolve));
  return { clock, tries, told, code, settle };
}

Deno.test("OnDemand loads its code once, when it is first needed", async () => {
  const { tries, told, code, settle } = scene();

  const before = [code.code, tries.length];
  const first = [code.need(), code.need(), tries.length];
  tries[0]?.resolve("code");
  await settle();

  deepEqual([before, first], [[undefined, 0], [undefined, undefined, 1]]);
  deepEqual([code.need(), code.code, tries.length], ["code", "code", 1]);
  deepEqual(told, ["changed"]);
});

Deno.test("OnDemand tries again after a while, if the code is still needed", async () => {
  const { clock, tries, told, code, settle } = scene();
  code.need();
  tries[0]?.reject(new Error("no network"));
  await settle();

  code.need();
  const early = tries.length;
  clock.advance(3_000);
  const untilNeeded = tries.length;
  code.need();
  tries[1]?.resolve("code");
  await settle();

  deepEqual([early, untilNeeded, code.code], [1, 1, "code"]);
  deepEqual(told, ["failed", "changed", "changed"]);
});

import { deepEqual } from "node:assert/strict";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { StoreLease } from "./store_lease.ts";

Deno.test("a process that is refused a lease leaves no lease and no timer behind", async () => {
  using kv = await Deno.openKv(":memory:");
  const clock = new FakeClock();
  const on = (host: string) => ({ clock, host, pid: 1 });
  const left = async () => [
    ...await Array.fromAsync(kv.list({ prefix: [] }), ({ key }) => key[0]),
    clock.pending,
  ];

  const alone = await StoreLease.take(kv, on("a"));
  const sharing = await StoreLease.share(kv, on("b"));
  const afterShare = await left();
  if (alone.ok) await alone.value[Symbol.asyncDispose]();
  const shared = await StoreLease.share(kv, on("b"));
  const taking = await StoreLease.take(kv, on("a"));
  const afterTake = await left();
  if (shared.ok) await shared.value[Symbol.asyncDispose]();

  const by = (host: string) => ({ reason: "in-use", by: { host, pid: 1 } });
  deepEqual(
    [sharing, taking].map((each) => each.ok ? "taken" : each.error),
    [
      { ...by("a"), owner: "does not share" },
      { ...by("b"), owner: "shares" },
    ],
  );
  deepEqual(afterShare, ["lease", 1]);
  deepEqual(afterTake, ["shared_lease", 1]);
  deepEqual(await left(), [0]);
});

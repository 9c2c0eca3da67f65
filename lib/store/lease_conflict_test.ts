import { deepEqual, equal, rejects } from "node:assert/strict";
import { openFaultyKv } from "@/tests/support/faulty_kv.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { logInto } from "@/tests/support/log_into.ts";
import { eachEngine, kvOn } from "@/tests/support/store_engines.ts";
import type { StoreEngine } from "./store_engine.ts";
import { StoreLease } from "./store_lease.ts";
import { withCommits } from "./with_commits.ts";

const isAlive = () => true;
const FIRST = { host: "a", pid: 1, isAlive };
const SECOND = { host: "b", pid: 2, isAlive };

/** Runs something before the next commit of a store. */
function before(kv: StoreEngine, first: () => Promise<unknown>): StoreEngine {
  let isNext = true;
  return withCommits(kv, () => {
    const commit = kv.atomic();
    const send = commit.commit;
    commit.commit = async () => {
      const isFirst = isNext;
      isNext = false;
      if (isFirst) await first();
      return await send.call(commit);
    };
    return commit;
  });
}

async function leftIn(kv: StoreEngine): Promise<unknown[]> {
  const all = await Array.fromAsync(
    kv.list({ prefix: [] }),
    ({ key }) => key[0],
  );
  return all.filter((name) => name !== "commit"); // The marks of commits.
}

eachEngine(
  "a lease that another process takes at the same moment is refused",
  async (engine) => {
    await using kv = await kvOn(engine);
    const clock = new FakeClock();
    const winners: StoreLease[] = [];
    const late = before(kv, async () => {
      const winner = await StoreLease.take(kv, { clock, ...FIRST });
      if (winner.ok) winners.push(winner.value);
    });

    const second = await StoreLease.take(late, { clock, ...SECOND });

    const error = { reason: "in-use", by: undefined };
    deepEqual(second, { ok: false, error });
    equal(clock.pending, 1); // That of the winner.
    for (const winner of winners) await winner[Symbol.asyncDispose]();
    deepEqual(await leftIn(kv), []);
  },
);

eachEngine(
  "a lease is given back if another process begins to share the store at the same moment",
  async (engine) => {
    await using kv = await kvOn(engine);
    const clock = new FakeClock();
    const winners: StoreLease[] = [];
    const late = before(kv, async () => {
      const winner = await StoreLease.share(kv, { clock, ...FIRST });
      if (winner.ok) winners.push(winner.value);
    });

    const alone = await StoreLease.take(late, { clock, ...SECOND });

    const by = { host: "a", pid: 1 };
    deepEqual(alone, {
      ok: false,
      error: { reason: "in-use", by, owner: "shares" },
    });
    equal(clock.pending, 1); // That of the winner.
    deepEqual(await leftIn(kv), ["shared_lease"]);
    for (const winner of winners) await winner[Symbol.asyncDispose]();
  },
);

eachEngine(
  "a process that has lost its lease doesn't give back that of the next one",
  async (engine) => {
    await using kv = await kvOn(engine);
    const [stale, clock] = [new FakeClock(), new FakeClock()];
    const first = await StoreLease.take(kv, { clock: stale, ...FIRST });
    clock.advance(10_000);
    const second = await StoreLease.take(kv, { clock, ...SECOND });
    if (!first.ok || !second.ok) throw new Error("not taken");

    await first.value[Symbol.asyncDispose]();

    deepEqual(await leftIn(kv), ["lease"]);
    await second.value[Symbol.asyncDispose]();
    deepEqual(await leftIn(kv), []);
  },
);

for (const kind of ["take", "share"] as const) {
  eachEngine(
    `a lease that is released during its heartbeat stays released (${kind})`,
    async (engine) => {
      await using kv = await kvOn(engine);
      const clock = new FakeClock();
      const reading = Promise.withResolvers<void>();
      const answer = Promise.withResolvers<void>();
      const ended = Promise.withResolvers<void>();
      let isHeld = false;
      const slow = { ...kv, get: kv.get };
      slow.get = async (key) => {
        const found = await kv.get(key);
        if (!isHeld) return found;
        isHeld = false;
        reading.resolve();
        await answer.promise;
        queueMicrotask(ended.resolve);
        return found;
      };
      const lease = await StoreLease[kind](slow, { clock, ...FIRST });
      if (!lease.ok) throw new Error("not taken");
      let isLost = false;
      void lease.value.lost.then(() => isLost = true);

      isHeld = true;
      clock.advance(2_000);
      await reading.promise;
      await lease.value[Symbol.asyncDispose]();
      answer.resolve();
      await ended.promise;
      await kv.get(["lease"]); // The heartbeat has ended by now.

      deepEqual(await leftIn(kv), []);
      deepEqual([clock.pending, isLost], [0, false]);
    },
  );

  Deno.test(`a heartbeat that fails is logged once, and so is its recovery (${kind})`, async () => {
    const { kv, be } = await openFaultyKv({ readsToo: true });
    using _kv = kv;
    const lines: string[] = [];
    using _log = await logInto(lines);
    const clock = new FakeClock();
    const lease = await StoreLease[kind](kv, { clock, ...FIRST });
    if (!lease.ok) throw new Error("not taken");
    let isLost = false;
    void lease.value.lost.then(() => isLost = true);
    const beat = async () => {
      clock.advance(2_000);
      while (clock.pending === 0) await kv.get(["lease"]).catch(() => {});
    };

    for (
      const state of ["ok", "fails", "fails", "ok", "ok", "fails"] as const
    ) {
      be(state);
      await beat();
    }
    await lease.value[Symbol.asyncDispose]();

    const failed = "Cannot renew the lease of the store: Error: disk I/O error";
    const renewed = "The lease of the store is renewed again";
    deepEqual(lines, [failed, renewed, failed]);
    deepEqual([isLost, clock.pending], [false, 0]);
  });
}

Deno.test("a lease that can't be written leaves no timer behind", async () => {
  for (const kind of ["take", "share"] as const) {
    const { kv, be } = await openFaultyKv();
    using _kv = kv;
    const clock = new FakeClock();
    be("fails");

    await rejects(StoreLease[kind](kv, { clock, ...FIRST }), /disk I\/O error/);

    equal(clock.pending, 0);
  }
});

import { deepEqual, equal, match } from "node:assert/strict";
import { hostname } from "node:os";
import { dirname } from "node:path";
import process from "node:process";
import { systemClock } from "@/lib/base/clock.ts";
import { openFaultyKv } from "@/tests/support/faulty_kv.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import {
  eachEngine,
  kvOn,
  SHARED_ENGINES,
  type TestEngine,
} from "@/tests/support/store_engines.ts";
import { temporaryPath } from "@/tests/support/temporary_store.ts";
import { claimStore, notClaimedText } from "./store_claim.ts";
import { StoreLease } from "./store_lease.ts";

Deno.test("claimStore() rejects a file that another owner has, and names the owner", async () => {
  await using folder = await temporaryPath();
  const first = await claimStore(folder.path, systemClock);
  const second = await claimStore(folder.path, systemClock);

  equal(first.ok, true);
  equal(second.ok, false);
  if (second.ok || !first.ok) return;
  match(
    notClaimedText(folder.path, second.error),
    new RegExp(`process ${process.pid} on .+ is using it\\. Stop that process`),
  );

  equal((await Deno.stat(`${folder.path}.lock`)).mode ?? 0, 0o100600);

  await first.value[Symbol.asyncDispose]();
  const third = await claimStore(folder.path, systemClock);
  equal(third.ok, true);
  if (third.ok) await third.value[Symbol.asyncDispose]();
});

Deno.test("claimStore() names the owner of a file, whatever was in it before", async () => {
  await using folder = await temporaryPath();
  await Deno.mkdir(dirname(folder.path));
  await Deno.writeTextFile(`${folder.path}.lock`, "x".repeat(1_000));

  const first = await claimStore(folder.path, systemClock);
  const second = await claimStore(folder.path, systemClock);
  await Deno.writeTextFile(`${folder.path}.lock`, '{"host":7}');
  const third = await claimStore(folder.path, systemClock);
  if (first.ok) await first.value[Symbol.asyncDispose]();

  const own = { host: hostname(), pid: process.pid };
  deepEqual(second, { ok: false, error: { reason: "in-use", by: own } });
  const unknown = { reason: "in-use" as const, by: undefined };
  deepEqual(third, { ok: false, error: unknown });
  deepEqual(
    [folder.path, "http://kv:4512"].map((at) => notClaimedText(at, unknown)),
    [
      `Cannot open the store "${folder.path}": another process is using it. ` +
      "Stop that process, or choose another folder with CW_DATA",
      'Cannot open the store "http://kv:4512": another process is using it. ' +
      "Stop that process, or name another store with CW_KV",
    ],
  );
});

Deno.test("claimStore() lets any number of processes have a store in memory", async () => {
  const claims = await Promise.all(
    [1, 2].map(() => claimStore(":memory:", systemClock)),
  );

  deepEqual(claims.map(({ ok }) => ok), [true, true]);
  for (const claim of claims) {
    if (claim.ok) await claim.value[Symbol.asyncDispose]();
  }
});

Deno.test("claimStore() reports why a folder can't be used", async () => {
  const claim = await claimStore("/proc/nothing/widgets.kv", systemClock);

  equal(claim.ok, false);
  if (claim.ok) return;
  equal(claim.error.reason, "unusable");
  match(notClaimedText("/x", claim.error), /^Cannot open the store "\/x": /);
});

Deno.test("claimStore() creates the folder and the lock file for their owner only", async () => {
  const folder = await Deno.makeTempDir();
  const path = `${folder}/data/widgets.kv`;

  const claim = await claimStore(path, systemClock);

  const modes = await Promise.all(
    [`${folder}/data`, `${path}.lock`].map((path) => Deno.stat(path)),
  );
  if (claim.ok) await claim.value[Symbol.asyncDispose]();
  await Deno.remove(folder, { recursive: true });
  deepEqual(modes.map(({ mode }) => (mode ?? 0) & 0o777), [0o700, 0o600]);
});

eachEngine(
  "claimStore() rejects a store that another owner has, until it is released",
  async (engine) => {
    await using at = await engine.open();
    const first = await claimStore(at.url, systemClock);
    const second = await claimStore(at.url, systemClock);
    if (!first.ok) throw new Error(notClaimedText(at.url, first.error));
    await first.value[Symbol.asyncDispose]();
    const third = await claimStore(at.url, systemClock);
    if (third.ok) await third.value[Symbol.asyncDispose]();

    match(
      second.ok ? "" : notClaimedText(at.url, second.error),
      new RegExp(`process ${process.pid} on .+ is using it`),
    );
    equal(third.ok, true);
  },
  SHARED_ENGINES,
);

const ELSEWHERE = { host: "elsewhere", pid: 7 };
const HERE = { host: "here", pid: 8 };
const isAlive = () => true;

async function leases(engine: TestEngine) {
  const kv = await kvOn(engine);
  const clock = new FakeClock();
  const take = (who: typeof HERE, alive = isAlive) =>
    StoreLease.take(kv, { clock, ...who, isAlive: alive });
  /** Resolves when the heartbeat that is due has been stored. */
  const beat = async () => {
    while (clock.pending === 0) await kv.get(["lease"]);
  };
  const close = () => kv[Symbol.asyncDispose]();
  return { kv, clock, take, beat, [Symbol.asyncDispose]: close };
}

eachEngine(
  "a lease is refused to others while it has a heartbeat",
  async (engine) => {
    await using room = await leases(engine);
    const first = await room.take(ELSEWHERE);
    if (!first.ok) throw new Error("not taken");
    await using _lease = first.value;

    for (let seconds = 0; seconds < 30; seconds += 2) {
      room.clock.advance(2_000);
      await room.beat();
    }
    const second = await room.take(HERE);

    deepEqual(second, {
      ok: false,
      error: { reason: "in-use", by: ELSEWHERE },
    });
  },
);

eachEngine(
  "a lease without a heartbeat is free after 10 s, and its owner is notified",
  async (engine) => {
    await using room = await leases(engine);
    const stale = new FakeClock();
    const first = await StoreLease.take(room.kv, {
      clock: stale,
      ...ELSEWHERE,
      isAlive,
    });
    if (!first.ok) throw new Error("not taken");
    await using slept = first.value;

    room.clock.advance(9_999);
    const early = await room.take(HERE);
    room.clock.advance(1);
    const late = await room.take(HERE);
    stale.advance(2_000);
    await slept.lost;

    equal(early.ok, false);
    equal(late.ok, true);
    if (late.ok) await late.value[Symbol.asyncDispose]();
  },
);

eachEngine(
  "a lease is free immediately if its process on this host has ended or released it",
  async (engine) => {
    await using room = await leases(engine);
    const killed = await room.take(HERE);
    const next = await room.take({ ...HERE, pid: 9 }, () => false);
    if (!killed.ok || !next.ok) throw new Error("not taken");
    await next.value[Symbol.asyncDispose]();
    const last = await room.take(ELSEWHERE);

    equal(last.ok, true);
    if (last.ok) await last.value[Symbol.asyncDispose]();
    await killed.value[Symbol.asyncDispose]();
  },
);

eachEngine(
  "a lease is refused while its process on this host runs, or if another host has it",
  async (engine) => {
    await using here = await leases(engine);
    const running = await here.take(HERE);
    const beside = await here.take({ ...HERE, pid: 9 });
    await using elsewhere = await leases(engine);
    const remote = await elsewhere.take(ELSEWHERE);
    // Nobody can see from here whether a process of another host runs.
    const unseen = await elsewhere.take(HERE, () => false);

    deepEqual(beside, { ok: false, error: { reason: "in-use", by: HERE } });
    deepEqual(unseen, {
      ok: false,
      error: { reason: "in-use", by: ELSEWHERE },
    });
    if (!running.ok || !remote.ok) throw new Error("not taken");
    await running.value[Symbol.asyncDispose]();
    await remote.value[Symbol.asyncDispose]();
  },
);

eachEngine(
  "a released lease doesn't keep the process running for its next heartbeat",
  async (engine) => {
    await using room = await leases(engine);
    const taken = await room.take(HERE);
    if (!taken.ok) throw new Error("not taken");
    equal(room.clock.pending, 1);

    await taken.value[Symbol.asyncDispose]();

    equal(room.clock.pending, 0);
  },
);

Deno.test("a lease of a process of this host is refused while it runs, and free when it has ended", async () => {
  using kv = await Deno.openKv(":memory:");
  const clock = new FakeClock();
  const take = (pid: number) => StoreLease.take(kv, { clock, host: "h", pid });
  const sleeper = new Deno.Command("sleep", { args: ["60"] }).spawn();
  const first = await take(sleeper.pid);
  const beside = await take(process.pid);

  sleeper.kill("SIGKILL");
  await sleeper.status;
  const next = await take(process.pid);

  deepEqual([first.ok, beside.ok, next.ok], [true, false, true]);
  for (const lease of [first, next]) {
    if (lease.ok) await lease.value[Symbol.asyncDispose]();
  }
});

Deno.test("a lease continues after its store did not answer for a heartbeat", async () => {
  const { kv, be } = await openFaultyKv({ readsToo: true });
  using _kv = kv;
  const clock = new FakeClock();
  const take = (who: typeof HERE) =>
    StoreLease.take(kv, { clock, ...who, isAlive });
  const beat = async () => {
    clock.advance(2_000);
    while (clock.pending === 0) await kv.get(["lease"]).catch(() => {});
  };
  const first = await take(ELSEWHERE);
  if (!first.ok) throw new Error("not taken");
  let isLost = false;
  void first.value.lost.then(() => isLost = true);

  be("fails");
  await beat();
  be("ok");
  for (let n = 0; n < 5; n++) await beat();
  const second = await take(HERE);
  await first.value[Symbol.asyncDispose]();

  deepEqual([isLost, second.ok], [false, false]);
});

import { deepEqual, equal, match } from "node:assert/strict";
import process from "node:process";
import { systemClock } from "@/lib/base/clock.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import {
  eachEngine,
  kvOn,
  SHARED_ENGINES,
  type TestEngine,
} from "@/tests/support/store_engines.ts";
import { claimStore, notClaimedText } from "./store_claim.ts";
import { StoreLease } from "./store_lease.ts";

const ELSEWHERE = { host: "elsewhere", pid: 7 };
const HERE = { host: "here", pid: 8 };
const isAlive = () => true;

async function leases(engine: TestEngine) {
  const kv = await kvOn(engine);
  const clock = new FakeClock();
  const take = (who: typeof HERE, alive = isAlive) =>
    StoreLease.take(kv, { clock, ...who, isAlive: alive });
  const share = (who: typeof HERE) =>
    StoreLease.share(kv, { clock, ...who, isAlive });
  /** Resolves when the heartbeat that is due has been stored. */
  const beat = async () => {
    while (clock.pending === 0) await kv.get(["lease"]);
  };
  const close = () => kv[Symbol.asyncDispose]();
  return { kv, clock, take, share, beat, [Symbol.asyncDispose]: close };
}

eachEngine(
  "instances share a store, and a process that does not is refused until all have stopped",
  async (engine) => {
    await using at = await engine.open();
    const share = () => claimStore(at.url, systemClock, { isShared: true });
    const [first, second] = [await share(), await share()];
    const refused = await claimStore(at.url, systemClock);
    if (!first.ok || !second.ok) throw new Error("not shared");
    await first.value[Symbol.asyncDispose]();
    const again = await claimStore(at.url, systemClock);
    await second.value[Symbol.asyncDispose]();
    const alone = await claimStore(at.url, systemClock);
    const joining = await share();
    if (alone.ok) await alone.value[Symbol.asyncDispose]();

    const texts = [refused, again, joining]
      .map((claim) => claim.ok ? "" : notClaimedText(at.url, claim.error));
    const user = `: process ${process.pid} on .+ is using it`;
    match(texts[0] ?? "", new RegExp(`${user} with CW_NATS\\. Stop`));
    match(texts[1] ?? "", new RegExp(`${user} with CW_NATS\\. Stop`));
    match(texts[2] ?? "", new RegExp(`${user} without CW_NATS\\. Stop`));
    equal(alone.ok, true);
  },
  SHARED_ENGINES.filter(({ name }) => name !== "file"),
);

eachEngine(
  "a shared lease has a heartbeat, and is free 10 s after the last one or when its process has ended",
  async (engine) => {
    await using room = await leases(engine);
    const shared = await room.share(ELSEWHERE);
    if (!shared.ok) throw new Error("not shared");
    for (let seconds = 0; seconds < 30; seconds += 2) {
      room.clock.advance(2_000);
      await room.beat();
    }
    const refused = await room.take(HERE);
    await shared.value[Symbol.asyncDispose]();
    const killed = await room.share(HERE);
    const kept = await room.take(ELSEWHERE);
    const ended = await room.take({ ...HERE, pid: 9 }, () => false);

    const by = { by: ELSEWHERE, owner: "shares" };
    deepEqual(refused, { ok: false, error: { reason: "in-use", ...by } });
    deepEqual([killed.ok, kept.ok, ended.ok], [true, false, true]);
    for (const lease of [killed, ended]) {
      if (lease.ok) await lease.value[Symbol.asyncDispose]();
    }
  },
);

eachEngine(
  "an instance that was suspended learns that another process has taken the store, and the other way round",
  async (engine) => {
    await using room = await leases(engine);
    const stale = new FakeClock();
    const suspended = { clock: stale, ...ELSEWHERE, isAlive };
    const shared = await StoreLease.share(room.kv, suspended);
    room.clock.advance(10_000);
    const alone = await room.take(HERE);
    if (!shared.ok || !alone.ok) throw new Error("not taken");
    stale.advance(10_000);
    await shared.value.lost;
    await shared.value[Symbol.asyncDispose]();
    await alone.value[Symbol.asyncDispose]();

    const single = await StoreLease.take(room.kv, suspended);
    room.clock.advance(10_000);
    const sharing = await room.share(HERE);
    if (!single.ok || !sharing.ok) throw new Error("not shared");
    stale.advance(2_000);
    await single.value.lost;
    for (const lease of [single, sharing]) {
      await lease.value[Symbol.asyncDispose]();
    }
  },
);

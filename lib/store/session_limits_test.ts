import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { eachEngine, kvOn, storeOn } from "@/tests/support/store_engines.ts";
import { StoreError } from "./patience.ts";
import { SessionStore } from "./session_store.ts";
import { withCommits } from "./with_commits.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const ada = crypto.randomUUID();

eachEngine(
  "a session can be used while the store takes no writes, but not after an error of ours",
  async (engine) => {
    await using kv = await kvOn(engine);
    const clock = new FakeClock();
    let error: Error | undefined;
    const failing = withCommits(kv, () => {
      const commit = kv.atomic();
      const send = commit.commit;
      commit.commit = () =>
        error === undefined ? send.call(commit) : Promise.reject(error);
      return commit;
    });
    const sessions = new SessionStore(failing, clock);
    const token = await sessions.open(ada);
    clock.advance(10 * MINUTE_MS);

    error = new StoreError("The store has failed: Error: disk full");
    const used = await sessions.use(token);
    error = new TypeError("a bug");
    await rejects(sessions.use(token), error);
    error = undefined;

    deepEqual([used?.account, used?.usedAt], [ada, clock.now()]);
    equal((await sessions.use(token))?.account, ada);
  },
);

eachEngine(
  "the 21st session ends the least recently used one, and those that can't be read",
  async (engine) => {
    await using store = await storeOn(engine);
    const { sessions, clock, kv } = store;
    const tokens: string[] = [];
    for (let n = 0; n < 20; n++) {
      tokens.push(await sessions.open(ada));
      clock.advance(10 * MINUTE_MS);
    }
    await sessions.use(tokens[0] ?? ""); // So the second one is the oldest.
    await kv.set(["session", ada, "broken"], "broken");

    await sessions.open(ada);

    const alive = await Promise.all(tokens.map((t) => sessions.use(t)));
    deepEqual(
      alive.map((session) => session !== undefined),
      tokens.map((_, n) => n !== 1),
    );
    equal((await kv.get(["session", ada, "broken"])).versionstamp, null);
  },
);

eachEngine("20 sessions of an account remain open", async (engine) => {
  await using store = await storeOn(engine);
  const { sessions, clock } = store;
  const tokens: string[] = [];
  for (let n = 0; n < 20; n++) {
    tokens.push(await sessions.open(ada));
    clock.advance(1);
  }

  for (const token of tokens) ok(await sessions.use(token));
});

eachEngine(
  "a session that replaces others lasts for 30 days, even if its predecessor has ended",
  async (engine) => {
    await using store = await storeOn(engine);
    const { sessions, clock } = store;
    const short = await sessions.open(ada, 60 * MINUTE_MS);
    const token = await sessions.replaceAll(short, 1_000);
    await sessions.end(short);

    const next = await sessions.replaceAll(token, 1_000);
    const late = await sessions.replaceAll(short, 1_000);

    clock.advance(999);
    equal(await sessions.use(token), undefined); // Ended by the last one.
    equal(await sessions.use(next), undefined);
    for (let day = 1; day < 30; day++) {
      clock.advance(DAY_MS);
      ok(await sessions.use(late), `day ${day}`);
    }
    clock.advance(DAY_MS);
    equal(await sessions.use(late), undefined);
  },
);

eachEngine(
  "only the owner of a token can end or replace other sessions",
  async (engine) => {
    await using store = await storeOn(engine);
    const { sessions } = store;
    const token = await sessions.open(ada);
    const message = /this is not a token/;

    await rejects(sessions.endOthers("nonsense"), message);
    await rejects(sessions.replaceAll(`${ada}.`, 1_000), message);

    equal((await sessions.use(token))?.account, ada);
  },
);

import { deepEqual, equal, ok } from "node:assert/strict";
import { eachEngine, kvOn, storeOn } from "@/tests/support/store_engines.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { SessionStore } from "./session_store.ts";
import type { StoreEngine } from "./store_engine.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

const ada = crypto.randomUUID();
const ben = crypto.randomUUID();

eachEngine("a session ends 7 days after its last use", async (engine) => {
  await using store = await storeOn(engine);
  const used = await store.sessions.open(ada);
  const idle = await store.sessions.open(ada);

  store.clock.advance(7 * DAY_MS - 1);
  await store.sessions.use(used);
  store.clock.advance(7 * DAY_MS - 1);

  equal((await store.sessions.use(used))?.account, ada);
  equal(await store.sessions.use(idle), undefined);
});

eachEngine(
  "a session with a fixed end ends then, used or not",
  async (engine) => {
    await using store = await storeOn(engine);
    const token = await store.sessions.open(ada, 3_600_000);

    store.clock.advance(3_599_999);
    equal((await store.sessions.use(token))?.account, ada);
    store.clock.advance(1);

    equal(await store.sessions.use(token), undefined);
  },
);

eachEngine(
  "a session that is used every day ends after 30 days",
  async (engine) => {
    await using store = await storeOn(engine);
    const token = await store.sessions.open(ada);

    for (let day = 1; day < 30; day++) {
      store.clock.advance(DAY_MS);
      ok(await store.sessions.use(token), `day ${day}`);
    }
    store.clock.advance(DAY_MS - 1);
    ok(await store.sessions.use(token));
    store.clock.advance(1);

    equal(await store.sessions.use(token), undefined);
  },
);

eachEngine(
  "the use of a session is stored at most every 10 minutes",
  async (engine) => {
    await using kv = await kvOn(engine);
    const clock = new FakeClock();
    const sessions = new SessionStore(kv, clock);
    const token = await sessions.open(ada);
    const stored = async () => {
      const range = { prefix: ["session", ada] };
      return (await Array.fromAsync(kv.list(range)))[0]?.versionstamp;
    };
    const opened = await stored();

    clock.advance(10 * MINUTE_MS - 1);
    await sessions.use(token);
    equal(await stored(), opened);
    clock.advance(1);
    const used = await sessions.use(token);

    equal(used?.usedAt, clock.now());
    equal(await stored() === opened, false);
  },
);

eachEngine("a session ended during a request stays ended", async (engine) => {
  await using kv = await kvOn(engine);
  const clock = new FakeClock();
  const sessions = new SessionStore(kv, clock);
  const token = await sessions.open(ada);
  clock.advance(10 * MINUTE_MS);
  using _ended = beforeCommit(kv, () => sessions.end(token));

  await sessions.use(token);

  equal(await sessions.use(token), undefined);
});

eachEngine(
  "KV deletes a session when it ends, after 7 idle days or at its fixed end",
  async (engine) => {
    await using kv = await kvOn(engine);
    const clock = new FakeClock();
    const sessions = new SessionStore(kv, clock);
    using expiries = expiriesOf(kv);

    const token = await sessions.open(ada);
    await sessions.open(ada, 3_600_000);
    for (let day = 6; day < 30; day += 6) {
      clock.advance(6 * DAY_MS);
      await sessions.use(token);
    }

    deepEqual(expiries.all, [
      7 * DAY_MS,
      3_600_000,
      7 * DAY_MS,
      7 * DAY_MS,
      7 * DAY_MS,
      6 * DAY_MS, // Its 30 days end before that.
    ]);
  },
);

eachEngine(
  "SessionStore.end() ends one session and reports whether it existed",
  async (engine) => {
    await using store = await storeOn(engine);
    const token = await store.sessions.open(ada);
    const other = await store.sessions.open(ada);

    const ended = [
      await store.sessions.end(token),
      await store.sessions.end(token),
      await store.sessions.end("nonsense"),
    ];

    deepEqual(ended, [true, false, false]);
    equal(await store.sessions.use(token), undefined);
    equal((await store.sessions.use(other))?.account, ada);
  },
);

eachEngine("the store doesn't contain the session token", async (engine) => {
  await using kv = await kvOn(engine);
  const sessions = new SessionStore(kv, new FakeClock());
  const token = await sessions.open(ada);
  const secret = token.split(".")[1] ?? "";

  const entries = await Array.fromAsync(kv.list({ prefix: [] }));

  equal(JSON.stringify(entries).includes(secret), false);
  equal(secret.length, 64);
});

eachEngine(
  "a token of another account, or part of a token, opens no session",
  async (engine) => {
    await using store = await storeOn(engine);
    const token = await store.sessions.open(ada);
    const secret = token.split(".")[1] ?? "";
    const wrong = ["", ".", token + "0", `${ben}.${secret}`, secret, ada];

    const sessions = await Promise.all(wrong.map((t) => store.sessions.use(t)));

    deepEqual(sessions, wrong.map(() => undefined));
  },
);

eachEngine(
  "a new password's session replaces all others, and the current one is read-only for a while",
  async (engine) => {
    await using store = await storeOn(engine);
    const { sessions, clock } = store;
    const asking = await sessions.open(ada);
    const other = await sessions.open(ada);
    const bens = await sessions.open(ben);

    const token = await sessions.replaceAll(asking, 10_000);

    equal(await sessions.use(other), undefined);
    equal((await sessions.use(bens))?.account, ben);
    const fresh = await sessions.use(token);
    deepEqual([fresh?.account, fresh?.isReplaced], [ada, undefined]);
    clock.advance(9_999);
    equal((await sessions.use(asking))?.isReplaced, true);
    clock.advance(1);
    equal(await sessions.use(asking), undefined);
    clock.advance(7 * DAY_MS - 10_001);
    equal((await sessions.use(token))?.account, ada);
  },
);

eachEngine(
  "SessionStore.endAll() ends the sessions of one account only",
  async (engine) => {
    await using store = await storeOn(engine);
    const tokens = [
      await store.sessions.open(ada),
      await store.sessions.open(ada),
    ];
    const other = await store.sessions.open(ben);

    const ended = await store.sessions.endAll(ada);

    equal(ended, 2);
    for (const token of tokens) {
      equal(
        await store.sessions.use(token),
        undefined,
      );
    }
    equal((await store.sessions.use(other))?.account, ben);
  },
);

eachEngine(
  "an account has at most 20 sessions, and one more ends the least recently used",
  async (engine) => {
    await using store = await storeOn(engine);
    const tokens: string[] = [];
    for (let n = 0; n <= 20; n++) {
      tokens.push(await store.sessions.open(ada));
      store.clock.advance(1_000);
    }

    const alive = await Promise.all(tokens.map((t) => store.sessions.use(t)));

    equal(alive[0], undefined);
    equal(alive.filter((session) => session !== undefined).length, 20);
  },
);

/** Runs `first` before the next commit of a KV. */
function beforeCommit(
  kv: StoreEngine,
  first: () => Promise<unknown>,
): Disposable {
  const { atomic } = kv;
  kv.atomic = () => {
    const operation = atomic.call(kv);
    const { commit } = operation;
    operation.commit = async () => {
      kv.atomic = atomic;
      await first();
      return await commit.call(operation);
    };
    return operation;
  };
  return { [Symbol.dispose]: () => kv.atomic = atomic };
}

/** Notes after how many ms each value that is set will expire. */
function expiriesOf(
  kv: StoreEngine,
): Disposable & { all: (number | undefined)[] } {
  const { atomic } = kv;
  const all: (number | undefined)[] = [];
  kv.atomic = () => {
    const operation = atomic.call(kv);
    const { set } = operation;
    operation.set = (key, value, options) => {
      all.push(options?.expireIn);
      return set.call(operation, key, value, options);
    };
    return operation;
  };
  return { all, [Symbol.dispose]: () => kv.atomic = atomic };
}

eachEngine(
  "a stored session can't be used to sign in, because only a hash of the secret is stored",
  async (engine) => {
    await using store = await storeOn(engine);
    const token = await store.sessions.open(ada);
    const secret = token.split(".")[1] ?? "";

    const stored: string[] = [];
    for await (const { key, value } of store.kv.list({ prefix: [] })) {
      stored.push(...key.map(String), JSON.stringify(value));
    }
    const found = await Promise.all(
      stored.flatMap((text) => [text, `${ada}.${text}`])
        .map((text) => store.sessions.use(text)),
    );

    equal(stored.join(" ").includes(secret), false);
    deepEqual(found.filter((session) => session !== undefined), []);
    equal((await store.sessions.use(token))?.account, ada);
  },
);

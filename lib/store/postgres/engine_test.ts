import { deepEqual, equal, ok } from "node:assert/strict";
import { type Chance, chance } from "@/tests/support/chance.ts";
import {
  type PostgresServer,
  startPostgres,
} from "@/tests/support/postgres.ts";
import type { ListOptions, StoreEngine, StoreRange } from "../store_engine.ts";
import type { PostgresEngine } from "./engine.ts";
import { isPostgresStore, openPostgres, type PostgresOptions } from "./open.ts";

let server: PostgresServer;
Deno.test.beforeAll(async () => void (server = await startPostgres()));
Deno.test.afterAll(async () => await server[Symbol.asyncDispose]());

/** Opens a store; with `url`, an existing one. */
async function opened(
  { url, ...options }: PostgresOptions & { url?: string } = {},
): Promise<AsyncDisposable & { kv: PostgresEngine; url: string }> {
  const at = url ?? await server.newUrl();
  const kv = await openPostgres(at, { connections: 2, ...options });
  return {
    kv,
    url: at,
    async [Symbol.asyncDispose]() {
      await kv.close();
    },
  };
}

const OPERATIONS = 600;
const PARTS: [Deno.KvKeyPart, ...Deno.KvKeyPart[]] = [
  "",
  ...["a", "b", "a\u0000b", "ä", "\uffff"],
  ...[-1, 0, 1.5, -1e300, 1e9, true, false, new Uint8Array([0, 255])],
];

Deno.test("random requests have the same results as in Deno KV", async () => {
  await using own = await opened();
  using memory = await Deno.openKv(":memory:");
  const luck = chance();
  const why = `CW_SEED=${luck.seed}`;
  let rows = 0;
  for (let n = 0; n < OPERATIONS; n++) {
    const ask = randomRequest(luck, n);
    const [expected, found] = await Promise.all(
      [memory, own.kv].map((kv) => ask(kv)),
    );
    deepEqual(found, expected, `${why}, request ${n}`);
    if (Array.isArray(found)) rows += found.length;
  }
  ok(rows > 400, `${why}: only ${rows} rows`);
});

/** Returns a request whose result is the same on every engine. */
function randomRequest(
  luck: Chance,
  n: number,
): (kv: StoreEngine) => Promise<unknown> {
  const some = () =>
    Array.from({ length: 1 + luck.below(3) }, () => luck.pick(PARTS));
  const [one, two] = [some(), some()];
  switch (luck.below(7)) {
    case 0:
    case 1: {
      const bytes = new Uint8Array([n & 255]);
      const value = luck.pick<unknown>([
        bytes,
        { n, bytes, none: undefined },
        "ä",
        null,
      ]);
      return async (kv) => (await kv.set(one, value)).ok;
    }
    case 2:
      return (kv) => kv.delete(one);
    case 3:
      return async (kv) => plain(await kv.get(one));
    case 4:
      return async (kv) => (await kv.getMany([one, two, one])).map(plain);
    case 5: {
      const isWrong = luck.below(3) === 0;
      return async (kv) => {
        const { versionstamp } = await kv.get(one);
        const stamp = isWrong ? "00000000000000000fff" : versionstamp;
        const { ok } = await kv.atomic()
          .check({ key: one, versionstamp: stamp })
          .set(two, n).delete(one).set(one, [n]).commit();
        return ok;
      };
    }
    default: {
      const range: StoreRange = luck.below(2) === 0
        ? { prefix: one.slice(0, luck.below(2)) }
        : { start: one, end: two };
      const options: ListOptions = {
        reverse: luck.below(2) === 0,
        ...(luck.below(2) === 0 && { limit: 1 + luck.below(9) }),
        ...(luck.below(2) === 0 && { batchSize: 1 + luck.below(20) }),
      };
      return (kv) =>
        Array.fromAsync(kv.list(range, options), plain)
          .catch((error: Error) => error.name);
    }
  }
}

/** Versionstamps differ, but both have one, or none. */
function plain({ key, value, versionstamp }: Deno.KvEntryMaybe<unknown>) {
  return { key, value, isThere: versionstamp !== null };
}

Deno.test("what Deno KV refuses is refused in the same words", async () => {
  await using own = await opened();
  using memory = await Deno.openKv(":memory:");
  const many = Array.from({ length: 1_001 }, (_, n) => ["k", n]);
  const large = new Uint8Array(65_536);
  const asked: ((kv: StoreEngine) => Promise<unknown>)[] = [
    (kv) => kv.set(["a"], new Uint8Array(65_537)),
    (kv) => kv.set(["a"], "x".repeat(65_536)),
    (kv) => kv.set([], 1),
    (kv) => kv.set(["x".repeat(2_047)], 1),
    (kv) => kv.get(["x".repeat(2_048)]),
    (kv) => kv.getMany(many.slice(0, 11)),
    (kv) => many.reduce((c, key) => c.set(key, 1), kv.atomic()).commit(),
    (kv) =>
      many.slice(0, 50).reduce(
        (c, [, n = 0]) => c.set(["x".repeat(2_000), n], 1),
        kv.atomic(),
      ).commit(),
    (kv) =>
      many.slice(0, 13).reduce((c, key) => c.set(key, large), kv.atomic())
        .commit(),
    (kv) =>
      kv.atomic().check({ key: ["a"], versionstamp: "1" }).set(["a"], 1)
        .commit(),
  ];
  for (const ask of asked) {
    const [expected, found] = await Promise.all(
      [memory, own.kv].map(async (kv) => {
        const error: unknown = await Promise.try(() => ask(kv))
          .catch((error: unknown) => error);
        return error instanceof TypeError ? error.message : error;
      }),
    );
    equal(typeof found, "string");
    equal(found, expected);
  }
  await own.kv.set(["a"], large);
  deepEqual((await own.kv.get(["a"])).value, large);
});

Deno.test("a commit that fails its check writes nothing, and all of a commit has one stamp", async () => {
  await using own = await opened();
  const { kv } = own;

  const done = await kv.atomic().set(["a"], 1).set(["b"], 2).commit();
  const refused = await kv.atomic()
    .check({ key: ["c"], versionstamp: null })
    .check({ key: ["a"], versionstamp: null })
    .set(["c"], 3).delete(["b"]).commit();

  const found = await kv.getMany([["a"], ["b"], ["c"]]);
  deepEqual(refused, { ok: false });
  deepEqual(found.map(({ value }) => value), [1, 2, null]);
  const stamp = done.ok ? done.versionstamp : "";
  deepEqual(found.map((one) => one.versionstamp), [stamp, stamp, null]);
});

Deno.test("of three clients that claim a key at the same time, exactly one succeeds", async () => {
  await using first = await opened();
  await using second = await opened({ url: first.url });
  await using third = await opened({ url: first.url });
  const clients = [first, second, third];
  const KEYS = 100;

  const winners = await Promise.all(
    clients.map(async ({ kv }, own) => {
      const claims = Array.from(
        { length: KEYS },
        (_, n) =>
          kv.atomic().check({ key: ["claim", n], versionstamp: null })
            .set(["claim", n], own).set(["home", own, n], 1).commit(),
      );
      return (await Promise.all(claims)).filter(({ ok }) => ok).length;
    }),
  );

  equal(winners.reduce((sum, won) => sum + won), KEYS);
  const claimed = await Array.fromAsync(
    first.kv.list({ prefix: ["claim"] }),
    ({ value }) => value,
  );
  deepEqual(
    clients.map((_, own) => claimed.filter((value) => value === own).length),
    winners,
  );
  const homes = await Array.fromAsync(first.kv.list({ prefix: ["home"] }));
  equal(homes.length, KEYS);
});

Deno.test("a check of an absent key holds until its commit is done", async () => {
  await using own = await opened();
  await using other = await opened({ url: own.url });
  for (let n = 0; n < 60; n++) {
    // As a late write of a chat, and the end of that chat.
    const [late] = await Promise.all([
      own.kv.atomic().check({ key: ["over", n], versionstamp: null })
        .set(["chat", n], "text").commit(),
      other.kv.atomic().delete(["chat", n]).set(["over", n], 1).commit(),
    ]);
    const { value } = await own.kv.get(["chat", n]);
    equal(value, null, `late: ${late.ok}`);
  }
});

Deno.test("commits of many keys at the same time don't wait for each other in a circle", async () => {
  await using own = await opened({ connections: 8 });
  const keys = Array.from({ length: 500 }, (_, n) => ["k", n]);
  const commits = Array.from({ length: 16 }, (_, n) => {
    const turned = n % 2 === 0 ? keys : keys.toReversed();
    return turned.reduce((c, key) => c.set(key, n), own.kv.atomic()).commit();
  });

  ok((await Promise.all(commits)).every(({ ok }) => ok));
  const values = await Array.fromAsync(
    own.kv.list({ prefix: ["k"] }, { batchSize: 500 }),
    ({ value }) => value,
  );
  equal(values.length, 500);
  equal(new Set(values).size, 1); // One of them was the last one.
});

Deno.test("two first starts at the same time make one store", async () => {
  const url = await server.newUrl();
  equal(await isPostgresStore(url), false);

  const stores = await Promise.all([1, 2, 3].map(() => opened({ url })));

  await stores[0]?.kv.set(["a"], 1);
  equal((await stores[1]?.kv.get(["a"]))?.value, 1);
  equal(await isPostgresStore(url), true);
  for (const store of stores) await store[Symbol.asyncDispose]();
});

Deno.test("without prepared statements all requests work too", async () => {
  const url = `${await server.newUrl()}&prepare=false`;
  await using own = await opened({ url });

  const done = await own.kv.atomic()
    .check({ key: ["a"], versionstamp: null }).set(["a"], 1).commit();
  const found = await Array.fromAsync(own.kv.list({ prefix: [] }), plain);

  equal(done.ok, true);
  deepEqual(found, [{ key: ["a"], value: 1, isThere: true }]);
});

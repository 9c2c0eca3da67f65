import { deepEqual, equal, rejects } from "node:assert/strict";
import { Buffer } from "node:buffer";
import type postgres from "postgres";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { logInto } from "@/tests/support/log_into.ts";
import { replaceGlobals } from "@/tests/support/replace_globals.ts";
import { PostgresEngine } from "./engine.ts";
import { encodeKey } from "./keys.ts";
import { clientOptions } from "./servers.ts";
import { readPostgresUrl } from "./url.ts";
import { encodeValue } from "./values.ts";

function addressOf(url: string) {
  const address = readPostgresUrl(url);
  if (!address.ok) throw new Error(address.error);
  return address.value;
}

const ADDRESS = addressOf("postgres://cw:secret@localhost/cw");

type Answer = (text: string, values: unknown[]) => Promise<unknown[]>;

/** An engine whose requests a test answers. */
function opened(answer: Answer) {
  const asked: [text: string, ...values: unknown[]][] = [];
  const happened: string[] = [];
  const sql = {
    unsafe(text: string, values: unknown[]) {
      asked.push([text, ...values]);
      return answer(text, values);
    },
    end: () => Promise.resolve(void happened.push("ended")),
  };
  const clock = new FakeClock();
  const kv = new PostgresEngine({
    sql: sql as unknown as postgres.Sql,
    servers: {
      forget: () => void happened.push("forgets"),
      drop: (_, { toOthers }) =>
        Promise.resolve(void happened.push(`drops ${toOthers}`)),
    },
    names: { table: "kv", commit: "commit" },
    ...{ address: ADDRESS, clock },
  });
  return { kv, asked, happened, clock };
}

/** Answers with as many rows as are asked for, from a table of `count`. */
function table(count: number): Answer {
  let read = 0;
  return (_, [, , limit]) => {
    const size = Math.min(Number(limit), count - read);
    const rows = Array.from({ length: size }, () => ({
      k: encodeKey(["a", read++]),
      v: encodeValue(1),
      version: "1",
    }));
    return Promise.resolve(rows);
  };
}

Deno.test("a list asks for 100 rows at a time, for its limit up to 500, or for the batches of the caller", async () => {
  const limitsOf = async (
    count: number,
    options: { limit?: number; batchSize?: number },
  ) => {
    const { kv, asked } = opened(table(count));
    const found = await Array.fromAsync(kv.list({ prefix: ["a"] }, options));
    await kv.close();
    equal(found.length, Math.min(count, options.limit ?? Infinity));
    return asked.map((values) => Number(values.at(-1)));
  };

  deepEqual(
    [
      await limitsOf(250, {}),
      await limitsOf(200, {}),
      await limitsOf(99, {}),
      await limitsOf(99, { limit: 1 }),
      await limitsOf(9, { limit: 7 }),
      await limitsOf(9, { limit: 0 }),
      await limitsOf(2_000, { limit: 1_200 }),
      await limitsOf(2_000, { limit: 5, batchSize: 3 }),
      await limitsOf(2_000, { limit: 700, batchSize: 600 }),
    ],
    [
      [100, 100, 100],
      [100, 100, 100],
      [100],
      [1],
      [7],
      [],
      [500, 500, 200],
      [3, 2],
      [600, 100],
    ],
  );
});

Deno.test("the next batch of a list begins after the last row, in either direction", async () => {
  const boundsOf = async (reverse: boolean) => {
    const { kv, asked } = opened(table(3));
    const range = { start: ["a"], end: ["b"] };
    await Array.fromAsync(kv.list(range, { reverse, batchSize: 2 }));
    await kv.close();
    return asked.map(([text, start, end]) => [
      / order by k (\w+) /.exec(text)?.[1],
      ...[start, end].map((one) => Buffer.from(one as Buffer).toString("hex")),
    ]);
  };
  const [start, end] = ["026100", "026200"];
  const second = encodeKey(["a", 1]).toString("hex");

  deepEqual(await boundsOf(false), [
    ["asc", start, end],
    ["asc", `${second}00`, end],
  ]);
  deepEqual(await boundsOf(true), [
    ["desc", start, end],
    ["desc", start, second],
  ]);
});

Deno.test("a write without checks that is not made is an error", async () => {
  const { kv } = opened(() => Promise.resolve([{ stamp: null }]));

  await rejects(kv.set(["a"], 1), { message: /without checks has failed/ });

  await kv.close();
});

Deno.test("after a failure the engine looks for the server again, if that may help", async () => {
  const happenedAfter = async (code: string) => {
    const { kv, happened } = opened(() =>
      Promise.reject(Object.assign(new Error("M"), { code }))
    );
    await rejects(kv.get(["a"]), { name: "PostgreSQL" });
    await kv.close();
    return happened.slice(0, -1);
  };

  deepEqual(await happenedAfter("ECONNRESET"), ["forgets"]);
  deepEqual(await happenedAfter("25006"), ["forgets", "drops true"]);
  deepEqual(await happenedAfter("XX000"), []);
});

Deno.test("a request that takes 5 s makes the engine look for another server, and one of 30 s drops its connection", async () => {
  const answer = Promise.withResolvers<unknown[]>();
  const { kv, happened } = opened(() => answer.promise);
  const timers = new Map<number, [ms: number, run: () => void]>();
  const reading = (() => {
    using _timers = replaceGlobals({
      setTimeout(run: () => void, ms: number) {
        timers.set(timers.size, [ms, run]);
        return timers.size - 1;
      },
    });
    return kv.get(["a"]);
  })();
  const waits = [...timers.values()];
  for (const [, run] of waits) run();
  const dropped = happened.splice(0);

  {
    using _timers = replaceGlobals({
      clearTimeout: (id: number) => timers.delete(id),
    });
    answer.resolve([]);
    await reading;
  }

  deepEqual(waits.map(([ms]) => ms), [5_000, 30_000]);
  deepEqual(dropped, ["drops true", "drops false"]);
  equal(timers.size, 0); // Both were ended by the answer.
  await kv.close();
});

Deno.test("expired values are deleted by one request at a time, which a close awaits", async () => {
  const lines: string[] = [];
  using _log = await logInto(lines);
  const answer = Promise.withResolvers<unknown[]>();
  const { kv, asked, happened, clock } = opened(() => answer.promise);

  clock.advance(60_000);
  clock.advance(60_000);
  const during = asked.length;
  let isClosed = false;
  const closing = kv.close().then(() => isClosed = true);
  await new Promise((done) => setTimeout(done, 0));
  const before = isClosed;
  answer.reject(new Error("the store is closed"));
  await closing;

  deepEqual([during, before, clock.pending], [1, false, 0]);
  deepEqual([happened, lines], [["ended"], []]);
});

Deno.test("the client gets all of its options, so that no variable of the environment counts", () => {
  const { pass, socket: _, onnotice: __, ...options } = clientOptions(
    addressOf("postgres://cw:secret@db1,db2:6432/cw?sslmode=require"),
    3,
    () => Promise.reject(new Error("not opened")),
  );

  equal(pass(), "secret");
  deepEqual(options, {
    ...{ max: 3, host: "postgres", port: 5_432, user: "cw", database: "cw" },
    ...{ ssl: false, sslnegotiation: null, debug: false, prepare: true },
    // Connections stay open, and a start of one may take 3 s.
    ...{ idle_timeout: 0, max_lifetime: null, connect_timeout: 3 },
    ...{ keep_alive: 30, max_pipeline: 100 },
    ...{ fetch_types: false, publications: "none" },
    connection: { application_name: "contact-widgets" },
  });
});

import { deepEqual, equal } from "node:assert/strict";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import {
  type PostgresServer,
  startPostgres,
} from "@/tests/support/postgres.ts";
import type { PostgresEngine } from "./engine.ts";
import { openPostgres } from "./open.ts";

let server: PostgresServer;
Deno.test.beforeAll(async () => void (server = await startPostgres()));
Deno.test.afterAll(async () => await server[Symbol.asyncDispose]());

/** An empty store with one connection, so that its requests run in order. */
interface Opened extends AsyncDisposable {
  kv: PostgresEngine;
  clock: FakeClock;
  schema: string;
  /** Number of rows, those of expired values included. */
  rows(): Promise<number>;
}

async function opened(): Promise<Opened> {
  const url = await server.newUrl();
  const schema = new URL(url).searchParams.get("schema") ?? "";
  const clock = new FakeClock();
  const kv = await openPostgres(url, { connections: 1, clock });
  const count = `select count(*) from ${schema}.contact_widgets_kv`;
  return {
    ...{ kv, clock, schema },
    rows: async () => Number(await sql(count)),
    [Symbol.asyncDispose]: () => kv.close(),
  };
}

function sql(text: string): Promise<string> {
  return server.sql(`\\c cw\n${text}`);
}

Deno.test("an expired value is hidden immediately", async () => {
  await using own = await opened();
  const { kv } = own;
  await kv.atomic().set(["long"], 1, { expireIn: 60_000 }).set(["none"], 1)
    .set(["short"], 1, { expireIn: 1 }).commit();
  await sql("select pg_sleep(0.01)");

  const found = await Array.fromAsync(
    kv.list({ prefix: [] }),
    ({ key }) => key,
  );
  const read = await kv.get(["short"]);
  const again = await kv.atomic()
    .check({ key: ["short"], versionstamp: null })
    .set(["other"], 1, { expireIn: 1 }).commit();

  deepEqual(found, [["long"], ["none"]]);
  equal(read.versionstamp, null);
  equal(again.ok, true);
});

Deno.test("expired values are deleted once a minute, and no others", async () => {
  await using own = await opened();
  const { kv, clock } = own;
  const expire = async () => {
    await kv.set(["short"], 1, { expireIn: 1 });
    await sql("select pg_sleep(0.01)");
  };
  const advance = async (ms: number) => {
    clock.advance(ms);
    await kv.get(["none"]); // After the deletion, if there is one.
    return await own.rows();
  };
  await kv.atomic().set(["long"], 1, { expireIn: 60_000 }).set(["none"], 1)
    .commit();
  await expire();

  const rows = [await advance(59_999), await advance(1)];
  await expire();
  rows.push(await advance(59_999), await advance(1));

  deepEqual(rows, [3, 2, 3, 2]);
});

Deno.test("all expired values are deleted, 1,000 by a request", async () => {
  await using own = await opened();
  const { kv, schema } = own;
  const table = `${schema}.contact_widgets_kv`;
  await kv.set(["a"], 1, { expireIn: 1 });
  await sql(`create table ${schema}.deleted (id serial, count int);
    create function ${schema}.note() returns trigger language plpgsql
      security definer as $$
      begin
        insert into ${schema}.deleted (count) select count(*) from gone;
        return null;
      end $$;
    create trigger note after delete on ${table}
      referencing old table as gone
      for each statement execute function ${schema}.note();
    insert into ${table} (k, v, version, expires_at)
      select k || decode(lpad(to_hex(n), 4, '0'), 'hex'), v, version, now()
      from ${table}, generate_series(1, 1499) as n`);

  await kv.sweep();

  equal(await own.rows(), 0);
  const counts = await sql(`select count from ${schema}.deleted order by id`);
  equal(counts, "1000\n500");
});

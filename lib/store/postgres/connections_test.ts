import { deepEqual, rejects } from "node:assert/strict";
import { startPostgres } from "@/tests/support/postgres.ts";
import { isPostgresStore, openPostgres } from "./open.ts";

Deno.test("a store has up to 8 connections, and closes them and that of a look for it", async () => {
  await using server = await startPostgres();
  const url = `${await server.newUrl()}&application_name=counted`;
  const count = async () =>
    Number(
      await server.sql(
        "select count(*) from pg_stat_activity" +
          " where application_name = 'counted'",
      ),
    );
  /** Resolves when the server has noticed that all connections are closed. */
  const closed = async () => {
    while (await count() > 0);
  };

  const before = await isPostgresStore(url);
  await closed();
  const kv = await openPostgres(url);
  const gets = Array.from({ length: 100 }, (_, n) => kv.get(["a", n]));
  await Promise.all(gets);
  const open = await count();
  await kv.close();
  await closed();

  deepEqual([before, open], [false, 8]);
});

Deno.test("a store that cannot be opened leaves no connection", async () => {
  await using server = await startPostgres();
  const url = `${server.url({ schema: "none" })}&application_name=failed`;

  await rejects(openPostgres(url), /there is no schema "none"/);
  await rejects(isPostgresStore(url), /there is no schema "none"/);

  // The server notices the end of a connection a moment later.
  const count = () =>
    server.sql(
      "select count(*) from pg_stat_activity" +
        " where application_name = 'failed'",
    );
  const endsAt = performance.now() + 5_000;
  while (await count() !== "0" && performance.now() < endsAt);
  deepEqual(await count(), "0");
});

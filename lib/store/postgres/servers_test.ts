import { equal, match, ok, rejects } from "node:assert/strict";
import {
  type PostgresServer,
  startPostgres,
} from "@/tests/support/postgres.ts";
import { makeCertificate } from "@/tests/support/proxy.ts";
import { startResettingServer } from "@/tests/support/resetting_server.ts";
import { isPostgresStore, openPostgres } from "./open.ts";

let server: PostgresServer;
Deno.test.beforeAll(async () => void (server = await startPostgres()));
Deno.test.afterAll(async () => await server[Symbol.asyncDispose]());

/** Opens a store and closes it again. Returns why that failed, or "". */
async function tried(url: string): Promise<string> {
  try {
    const kv = await openPostgres(url);
    await kv.close();
    return "";
  } catch (error) {
    return String(error);
  }
}

Deno.test("each reason why a store can't be opened is one sentence without the password", async () => {
  await server.sql("create role reader login password 'p'");
  const at = `127.0.0.1:${server.port}`;
  const good = server.url();
  const cases: [url: string, says: RegExp][] = [
    [good.replace("p%3A", "x"), /: the password of the user "cw" is wrong$/],
    [good.replace("/cw?", "/no?"), /: there is no database "no"$/],
    [
      good.replace(at, "127.0.0.1:1"),
      /127.0.0.1:1: the connection is refused$/,
    ],
    [
      server.url({ sslmode: "require" }).replace(at, "no.invalid"),
      /no.invalid:5432: the host is unknown$/,
    ],
    [
      server.url({ sslmode: "require" }),
      /does not offer TLS, which sslmode=require needs$/,
    ],
    [server.url({ schema: "none" }), /: there is no schema "none"$/],
    [
      good.replace(/cw:[^@]*@/, "reader:p@"),
      /: the user "reader" lacks a right: permission denied for schema public$/,
    ],
    [
      good.replace(at, `127.0.0.1:1,127.0.0.1:2`),
      /127.0.0.1:1: .*; 127.0.0.1:2: /,
    ],
  ];
  for (const [url, says] of cases) {
    const text = await tried(url);
    match(text, /^PostgreSQL: [^\n]*$/);
    match(text, says);
    equal(/p%3A|p:a/.test(text), false, text);
  }
});

Deno.test("a user without the right to create tables can use a store that exists", async () => {
  await server.sql(
    "\\c cw\ncreate schema given authorization cw;" +
      "create role worker login password 'p'; grant usage on schema given to worker",
  );
  const url = server.url({ schema: "given" });
  const worker = url.replace(/cw:[^@]*@/, "worker:p@");
  await rejects(isPostgresStore(worker), {
    message:
      'the user "worker" lacks the right to create "given"."contact_widgets_kv"',
  });
  equal(await tried(url), "");
  await server.sql(
    "\\c cw\ngrant select, insert, update, delete on all tables in schema given" +
      " to worker; grant usage on all sequences in schema given to worker",
  );

  const kv = await openPostgres(worker);
  await kv.set(["a"], 1);

  equal((await kv.get(["a"])).value, 1);
  await kv.close();
});

Deno.test("a server that takes no writes is refused, also if it has the store", async () => {
  equal(await tried(server.url()), "");
  await server.sql("alter database cw set default_transaction_read_only = on");
  match(await tried(server.url()), /: it is read-only, as a standby is$/);
  await server.sql("alter database cw set default_transaction_read_only = off");
  equal(await tried(server.url()), "");
});

Deno.test("a server that accepts connections and says nothing is given up in time", async () => {
  using silent = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const url = server.url({ connect_timeout: "1" })
    .replace(`:${server.port}/`, `:${silent.addr.port}/`);
  const asked = tried(url);
  using _conn = await silent.accept();

  match(await asked, /: it does not let us sign in in time$/);
});

Deno.test("a server that resets the connection before TLS begins is named and ends nothing", async () => {
  await using broken = await startResettingServer("S", { isAsked: true });
  await makeCertificate(server.folder, "127.0.0.1");
  const sslrootcert = `${server.folder}/cert.pem`;
  const url = server
    .url({ sslmode: "verify-full", sslrootcert, connect_timeout: "1" })
    .replace(`:${server.port}/`, `:${broken.port}/`);

  for (let n = 0; n < 3; n++) {
    match(await tried(url), /:\d+: (the connection is lost|no answer within)/);
  }
});

Deno.test("sslmode=verify-full accepts only a certificate that is trusted and for this host", async () => {
  const { folder } = server;
  await makeCertificate(folder, "127.0.0.1");
  await server.takeCertificate();
  const trusted = { sslmode: "verify-full", sslrootcert: `${folder}/cert.pem` };
  const url = server.url(trusted);

  equal(await tried(url), "");
  equal(await tried(server.url({ sslmode: "require" })), "");
  match(
    await tried(server.url({ sslmode: "verify-full" })),
    /: TLS with sslmode=verify-full fails: /,
  );
  match(
    await tried(url.replace("127.0.0.1", "localhost")),
    /: TLS with sslmode=verify-full fails: /,
  );
  match(
    await tried(server.url({ ...trusted, sslrootcert: "/none.pem" })),
    /: sslrootcert cannot be read: /,
  );
});

Deno.test("a restart of PostgreSQL needs no help: the next request after it succeeds", async () => {
  const kv = await openPostgres(server.url());
  await kv.set(["a"], 1);
  for (const how of ["orderly", "killed"] as const) {
    await server.stop(how);
    await rejects(kv.get(["a"]), {
      name: "PostgreSQL",
      message: /the connection is (refused|lost)$/,
    });

    await server.start();

    equal((await kv.get(["a"])).value, 1);
  }
  await kv.close();
});

Deno.test("after kill -9 of the primary a synchronous standby takes over without losing a save", async () => {
  await using standby = await server.standby();
  await server.sql("alter system set synchronous_standby_names = '*'");
  await server.sql("select pg_reload_conf()");
  const url = server.url({ target_session_attrs: "read-write" }).replace(
    "127.0.0.1:",
    `127.0.0.1:${standby.port},127.0.0.1:`,
  );
  const kv = await openPostgres(url);
  let acknowledged = -1;
  const saving = (async () => {
    for (let n = 0;; n++) {
      await kv.atomic().set(["n"], n).set(["all", n], n).commit();
      acknowledged = n;
    }
  })();
  while (acknowledged < 20) await kv.get(["n"]);
  const failed = rejects(saving, { name: "PostgreSQL" });
  await server.stop("killed");
  await failed;
  await rejects(kv.get(["n"]), /it is read-only.*; .*the connection is/);

  await standby.promote();

  const stored = Number((await kv.get(["n"])).value);
  ok(
    stored === acknowledged || stored === acknowledged + 1,
    `${acknowledged} was acknowledged, ${stored} is stored`,
  );
  const all = await Array.fromAsync(kv.list({ prefix: ["all"] }));
  equal(all.length, stored + 1);
  await kv.close();
});

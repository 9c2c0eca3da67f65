import { deepEqual, equal, match } from "node:assert/strict";
import { systemClock } from "@/lib/base/clock.ts";
import { newContent } from "@/lib/model/widget.ts";
import { openStore } from "@/lib/store/open.ts";
import { isStoreThere } from "@/lib/store/open_engine.ts";
import { claimStore } from "@/lib/store/store_claim.ts";
import { everything } from "@/tests/support/temporary_store.ts";
import {
  type PostgresServer,
  startPostgres,
} from "@/tests/support/postgres.ts";
import { runProgram } from "@/tests/support/run_program.ts";

let server: PostgresServer;
Deno.test.beforeAll(async () => void (server = await startPostgres()));
Deno.test.afterAll(async () => await server[Symbol.asyncDispose]());

Deno.test("export and import move an installation from a file to PostgreSQL and back", async () => {
  await using here = await folder();
  const [from, back] = [`${here.path}/from.kv`, `${here.path}/back.kv`];
  const there = await server.newUrl();
  const file = (name: string) => `${here.path}/${name}.jsonl`;
  await fill(from);

  await succeeds("export", file("1"), `--kv=${from}`);
  const planned = await succeeds("import", file("1"), `--kv=${there}`);
  const isMade = await isStoreThere(there);
  await succeeds("import", file("1"), "--yes", `--kv=${there}`);
  await succeeds("export", file("2"), `--kv=${there}`);
  await succeeds("import", file("2"), "--yes", `--kv=${back}`);
  await succeeds("export", file("3"), `--kv=${back}`);

  match(planned, /widget {7}1 new.*\nDry run: nothing was written/s);
  equal(isMade, false);
  const archives = await Promise.all(
    ["1", "2", "3"].map((name) => archiveOf(file(name))),
  );
  const [first, second, third] = archives;
  deepEqual(second?.data, first?.data);
  deepEqual(third?.data, first?.data);
  // Each import is logged too.
  equal(first?.changes.every((line) => second?.changes.includes(line)), true);
  equal(second?.changes.every((line) => third?.changes.includes(line)), true);
  equal(first?.changes.length, 2);
  const kinds = await Promise.all([from, there, back].map(kindsOf));
  deepEqual(kinds.slice(1), [kinds[0], kinds[0]]);
});

Deno.test("check-config finds what is wrong with a store on PostgreSQL, and creates nothing", async () => {
  const url = await server.newUrl();
  await server.sql("create role worker login password 'p'");

  const fresh = await run("check-config", "--port=0", `--kv=${url}`);
  const isMade = await isStoreThere(url);
  const opened = await openStore(url);
  if (opened.ok) await opened.value[Symbol.asyncDispose]();
  const claim = await claimStore(url, systemClock);
  const used = await run("check-config", "--port=0", `--kv=${url}`);
  if (claim.ok) await claim.value[Symbol.asyncDispose]();
  const worker = server.url().replace(/cw:[^@]*@/, "worker:p@");
  const refused = await run("check-config", "--port=0", `--kv=${worker}`);
  const away = await run(
    ...["check-config", "--port=0"],
    `--kv=${url.replace(`:${server.port}/`, ":1/")}`,
  );

  match(fresh.text, /^Configuration OK$/m);
  equal(isMade, false);
  match(
    used.text,
    /^Cannot open the store "postgres:\/\/cw:\*\*\*@.*": process \d+ on .+ is using it\. Stop that process, or name another store with CW_KV$/m,
  );
  match(
    refused.text,
    /^Cannot open the store .*: the user "worker" lacks the right to create "public"/m,
  );
  match(away.text, /^Cannot open the store .*: the connection is refused$/m);
  for (const { text } of [fresh, used, refused, away]) {
    equal(/p%3Aa|p:a\/s/.test(text), false, text);
  }
});

Deno.test("a start waits for PostgreSQL, and names what is wrong in one sentence", async () => {
  const url = await server.newUrl();
  await server.stop();
  const starting = openStore(url);
  await server.start();
  const opened = await starting;

  await server.stop();
  const late = await openStore(url, { withinMs: 300 });
  const started = performance.now();
  await server.start();
  const wrong = await openStore(url.replace("p%3A", "x"));
  const tookMs = performance.now() - started;

  equal(opened.ok, true);
  if (opened.ok) await opened.value[Symbol.asyncDispose]();
  match(
    late.ok || late.error.reason !== "unusable" ? "" : String(late.error.cause),
    /its server has not answered within 0\.3 s: .*the connection is refused$/,
  );
  match(
    wrong.ok || wrong.error.reason !== "unusable"
      ? ""
      : String(wrong.error.cause),
    /the password of the user "cw" is wrong$/,
  );
  equal(tookMs < 30_000, true, `${tookMs} ms`); // It doesn't try again.
});

async function fill(path: string): Promise<void> {
  const opened = await openStore(path);
  if (!opened.ok) throw new Error(opened.error.reason);
  using store = opened.value;
  await store.widgets.create("sidebar", newContent("Moved", "en"));
  const roles = ["admin" as const];
  await store.accounts
    .createFirst({ name: "ada", displayName: "Ada", roles }, "hash");
}

/** Returns the kinds of values of a store. Passwords are not moved without a
 * passphrase. */
async function kindsOf(pathOrUrl: string): Promise<string[]> {
  const all = await everything(pathOrUrl);
  const kinds = all.map(([key]) => key.split("/")[0] ?? "");
  // A commit on a server leaves a mark for a minute.
  return [...new Set(kinds)].filter((kind) => !/password|^commit$/.test(kind))
    .sort();
}

/** Returns the lines of an archive: its data, and the log of changes. */
async function archiveOf(
  file: string,
): Promise<{ data: string[]; changes: string[] }> {
  const lines = (await Deno.readTextFile(file)).trim().split("\n").slice(1, -1);
  const isChange = (line: string) => line.startsWith('{"is":"change"');
  return {
    data: lines.filter((line) => !isChange(line)),
    changes: lines.filter(isChange),
  };
}

async function succeeds(...args: string[]): Promise<string> {
  const { code, text } = await run(...args);
  equal(code, 0, text);
  return text;
}

async function run(...args: string[]): Promise<{ code: number; text: string }> {
  const data = await Deno.makeTempDir({ prefix: "contact-widgets-" });
  const ended = await runProgram([...args, `--data=${data}`]);
  await Deno.remove(data, { recursive: true });
  return ended;
}

async function folder(): Promise<AsyncDisposable & { path: string }> {
  const path = await Deno.makeTempDir({ prefix: "contact-widgets-" });
  const remove = () => Deno.remove(path, { recursive: true });
  return { path, [Symbol.asyncDispose]: remove };
}

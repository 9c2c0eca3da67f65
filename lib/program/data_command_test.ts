import { deepEqual, equal, match, ok } from "node:assert/strict";
import { isPassword } from "@/lib/admin/passwords.ts";
import { newContent } from "@/lib/model/widget.ts";
import { openStore, type Store } from "@/lib/store/open.ts";
import { runProgram } from "@/tests/support/run_program.ts";

const uuid = "a".repeat(32);

Deno.test("export and import move the data from one folder to another", async () => {
  await using here = await folder();
  await fill(here.path);
  const file = `${here.path}/archive.jsonl`;

  const exported = await data(["export", file, `--data=${here.path}/a`], "");
  const planned = await data(["import", file, `--data=${here.path}/b`]);
  const missing = await nameIn(`${here.path}/b`);
  const imported = await data([
    "import",
    file,
    "--yes",
    `--data=${here.path}/b`,
  ]);

  match(exported.text, /^Exported to .*archive\.jsonl \(\d+ bytes\)/);
  match(
    exported.text,
    /^CW_PASSPHRASE is not set, so all passwords are left out$/m,
  );
  match(planned.text, /widget {7}1 new.*\nDry run: nothing was written/s);
  match(planned.text, /no password yet: ada/);
  match(imported.text, /widget {7}1 new.*\nImported/s);
  equal(missing, undefined);
  equal(await nameIn(`${here.path}/b`), "Moved");
  equal((await Deno.stat(file)).mode! & 0o777, 0o600);
});

Deno.test("a dry run of an import creates no folder or file, and changes no store", async () => {
  await using here = await folder();
  await fill(here.path);
  const file = `${here.path}/archive.jsonl`;
  await data(["export", file, `--data=${here.path}/a`]);
  await Deno.mkdir(`${here.path}/empty`);
  const old = await oldStore(`${here.path}/old`);

  const missing = await data(["import", file, `--data=${here.path}/b/c`]);
  const empty = await data(["import", file, `--data=${here.path}/empty`]);
  const older = await data(["import", file, `--data=${here.path}/old`]);

  match(missing.text, /widget {7}1 new.*\nDry run: nothing was written/s);
  match(empty.text, /widget {7}1 new.*\nDry run: nothing was written/s);
  const names = (path: string) =>
    Array.fromAsync(Deno.readDir(path), ({ name }) => name);
  deepEqual((await names(here.path)).sort(), [
    "a",
    "archive.jsonl",
    "empty",
    "old",
  ]);
  deepEqual(await names(`${here.path}/empty`), []);
  deepEqual([older.code, await schemaOf(old)], [1, 2]);
  match(older.text, /it has schema 2.*Start the service on it once/);
});

Deno.test("reset-password sets a password that works", async () => {
  await using here = await folder();
  await fill(here.path);

  const reset = await data(["reset-password", "Ada", `--data=${here.path}/a`]);

  const password = /: (\w{20})$/m.exec(reset.text)?.[1] ?? "";
  using store = await storeIn(`${here.path}/a`);
  const account = await store.accounts.getByName("ada");
  const hash = await store.accounts.passwordHash(account?.value.id ?? "");
  ok(await isPassword(password, hash), reset.text);
  match(reset.text, /^It has to be changed at the next sign-in\.$/m);
  equal(account?.value.mustChangePassword, true);
});

Deno.test("a failing command prints one sentence and exits with 1", async () => {
  await using here = await folder();
  await fill(here.path);
  const [a, none] = [`--data=${here.path}/a`, `--data=${here.path}/none`];
  const broken = `${here.path}/broken.jsonl`;
  await Deno.writeTextFile(broken, "{}\n");

  const said = await Promise.all([
    data(["export", `${here.path}/x.jsonl`, none]),
    data(["import", broken, a]),
    data(["import", `${here.path}/none.jsonl`, a]),
    data(["reset-password", "nobody", a]),
    data(["export", `${here.path}/x.jsonl`, a], "short"),
    data(["export"]),
  ]);

  const expected = [
    /^There is no store at .*none/,
    /^Cannot import .*broken\.jsonl: line 1 /,
    /^Cannot import .*No such file/,
    /^There is no account "nobody"/,
    /^CW_PASSPHRASE must have at least 12 characters/,
    /^The command export needs FILE/,
  ];
  for (const [n, pattern] of expected.entries()) {
    match(said[n]?.text ?? "", pattern);
    equal(said[n]?.code, 1);
  }
});

function data(
  args: string[],
  passphrase?: string,
): Promise<{ code: number; text: string }> {
  const env = passphrase === undefined ? {} : { CW_PASSPHRASE: passphrase };
  return runProgram(args, env);
}

async function folder(): Promise<AsyncDisposable & { path: string }> {
  const path = await Deno.makeTempDir({ prefix: "contact-widgets-" });
  const remove = () => Deno.remove(path, { recursive: true });
  return { path, [Symbol.asyncDispose]: remove };
}

async function fill(path: string): Promise<void> {
  using store = await storeIn(`${path}/a`);
  await store.widgets.create("sidebar", newContent("Moved", "en"), uuid);
  const roles = ["admin" as const];
  await store.accounts
    .createFirst({ name: "ada", displayName: "Ada", roles }, "hash");
}

async function nameIn(folder: string): Promise<string | undefined> {
  using store = await storeIn(folder);
  return (await store.widgets.get(uuid))?.value.content.name;
}

/** A store as an older version of the program has left it. */
async function oldStore(folder: string): Promise<string> {
  await Deno.mkdir(folder);
  const path = `${folder}/widgets.kv`;
  using kv = await Deno.openKv(path);
  await kv.set(["schema"], 2);
  return path;
}

async function schemaOf(path: string): Promise<unknown> {
  using kv = await Deno.openKv(path);
  return (await kv.get(["schema"])).value;
}

async function storeIn(folder: string): Promise<Store> {
  const opened = await openStore(`${folder}/widgets.kv`);
  if (!opened.ok) throw new Error(opened.error.reason);
  return opened.value;
}

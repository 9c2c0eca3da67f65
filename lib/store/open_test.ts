import { deepEqual, equal } from "node:assert/strict";
import { dirname } from "node:path";
import { eachEngine, SHARED_ENGINES } from "@/tests/support/store_engines.ts";
import {
  everything,
  kvAt,
  temporaryPath,
} from "@/tests/support/temporary_store.ts";
import { MIGRATIONS } from "./migrations.ts";
import {
  inspectStore,
  notOpenedText,
  type OpenOptions,
  openStore,
  type Store,
} from "./open.ts";

Deno.test("openStore() creates the folder and keeps data for the next start", async () => {
  await using folder = await temporaryPath();
  const ada = { address: "ada", presence: "away", since: 1 } as const;

  const first = await openStore(folder.path);
  if (!first.ok) throw new Error(notOpenedText(folder.path, first.error));
  await first.value.presences.set(ada);
  first.value[Symbol.dispose]();
  const second = await openStore(folder.path);

  equal(second.ok, true);
  if (!second.ok) return;
  using store = second.value;
  deepEqual(await store.presences.list(), [ada]);
});

Deno.test("only the owner can read the store, even one that already existed", async () => {
  await using folder = await temporaryPath();
  (await opened(folder.path))[Symbol.dispose]();
  await Deno.chmod(folder.path, 0o644);
  using _store = await opened(folder.path);

  const data = dirname(folder.path);
  const names = Array.from(Deno.readDirSync(data), ({ name }) => name);
  const modes = [data, ...names.map((name) => `${data}/${name}`)]
    .map((path) => (Deno.statSync(path).mode ?? 0) & 0o777);
  equal(names.includes("store.sqlite3"), true);
  deepEqual(modes, [0o700, ...names.map(() => 0o600)]);
});

eachEngine(
  "inspectStore() accepts a store of this version and rejects a newer one",
  async (engine) => {
    await using at = await engine.open();
    await (await opened(at.url))[Symbol.asyncDispose]();
    const before = await everything(at.url);

    const own = await inspectStore(at.url);
    const after = await everything(at.url);
    {
      await using kv = await kvAt(at.url);
      await kv.set(["schema"], 999);
    }
    const newer = await inspectStore(at.url);

    equal(own.ok, true);
    deepEqual(after, before);
    deepEqual(newer.ok || newer.error, {
      reason: "newer",
      found: 999,
      known: MIGRATIONS.length,
    });
  },
  SHARED_ENGINES,
);

eachEngine(
  "openStore() refuses an older store if it must keep the schema, and changes nothing",
  async (engine) => {
    await using at = await engine.open();
    await (await opened(at.url, { keepSchema: true }))[Symbol.asyncDispose](); // Empty.
    {
      await using kv = await kvAt(at.url);
      await kv.set(["schema"], MIGRATIONS.length - 1);
    }
    const before = await everything(at.url);

    const kept = await openStore(at.url, { keepSchema: true });
    const after = await everything(at.url);

    deepEqual(kept.ok || kept.error, {
      reason: "older",
      found: MIGRATIONS.length - 1,
      known: MIGRATIONS.length,
    });
    deepEqual(after, before);
    await (await opened(at.url))[Symbol.asyncDispose]();
    await (await opened(at.url, { keepSchema: true }))[Symbol.asyncDispose]();
  },
  SHARED_ENGINES,
);

Deno.test("openStore() reports why a file can't be a store", async () => {
  await using folder = await temporaryPath();
  await Deno.mkdir(folder.path, { recursive: true });

  const opened = await openStore(folder.path);

  equal(opened.ok, false);
  const error = opened.ok ? undefined : opened.error;
  equal(error?.reason, "unusable");
});

Deno.test("notOpenedText() names the store and the reason", () => {
  const full = new Error("disk is full");

  equal(
    notOpenedText("/data/kv", { reason: "unusable", cause: full }),
    'Cannot open the store "/data/kv": Error: disk is full',
  );
  equal(
    notOpenedText("/data/kv", { reason: "newer", found: 7, known: 2 }),
    'Cannot open the store "/data/kv": it has schema 7, and this program ' +
      "knows up to 2. Start the newer version that has written it",
  );
  equal(
    notOpenedText("/data/kv", { reason: "older", found: 1, known: 2 }),
    'Cannot open the store "/data/kv": it has schema 1, and this program ' +
      "writes 2. Start the service on it once, which changes it to the new " +
      "schema",
  );
});

async function opened(path: string, options?: OpenOptions): Promise<Store> {
  const result = await openStore(path, options);
  if (!result.ok) throw new Error(notOpenedText(path, result.error));
  return result.value;
}

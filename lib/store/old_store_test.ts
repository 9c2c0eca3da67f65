import { deepEqual, equal } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { newContent } from "@/lib/model/widget.ts";
import { eachEngine, SHARED_ENGINES } from "@/tests/support/store_engines.ts";
import { temporaryPath } from "@/tests/support/temporary_store.ts";
import { notOpenedText, openStore, type Store } from "./open.ts";

// fixtures/schema_N.sqlite3.gz is a store as the program with schema N left it,
// all with the same content: two accounts, two widgets (one in several parts), a
// picture, a session, a contact record, a presence. It is never made again.
// Deno KV deletes expired keys by the clock of the computer, so unpack() makes
// the fixture look as if it had been written just now.

const FIXTURE_WRITTEN_AT = Date.UTC(2026, 10, 22, 12, 51);

for (const schema of [1]) {
  Deno.test(`a store of schema ${schema} opens without losing anything`, async () => {
    await using folder = await temporaryPath();
    await unpack(schema, folder.path);

    using store = await open(folder.path);

    const stored = await store.widgets.list();
    deepEqual(stored.map(({ version }) => version), [1, 1]);
    const widgets = stored.map(({ value }) => value);
    deepEqual(widgets.map((w) => [w.type, w.content.name, w.createdAt]), [
      ["sidebar", "Small", 1_795_305_600_000],
      ["cardset", "Large", 1_795_305_601_000],
    ]);
    equal(widgets[1]?.content.agents.length, 100);
    equal(widgets[1]?.content.agents[99]?.department, "漢".repeat(64));
    const picture = widgets[0]?.content.agents[0]?.picture ?? "";
    equal((await store.pictures.get(picture))?.type, "image/webp");
    const accounts = (await store.accounts.list()).map(({ value }) => value);
    deepEqual(accounts.map(({ name, roles }) => [name, roles]), [
      ["ada", ["admin", "agent"]],
      ["ben", ["agent"]],
    ]);
    // Nobody is asked for a new password because of the upgrade.
    equal(accounts.some((one) => one.mustChangePassword), false);
    const hash = await store.accounts.passwordHash(accounts[0]?.id ?? "");
    equal(hash?.startsWith("$argon2id$"), true);
    equal(await store.sessions.endAll(accounts[0]?.id ?? ""), 1);
    const records = store.contactRecords.list({ from: 0, to: 1_000 });
    deepEqual((await Array.fromAsync(records)).map(({ id }) => id), ["call1"]);
    deepEqual((await store.presences.get("ada"))?.presence, "away");
  });
}

eachEngine(
  "two programs on one store: one of two saves of the same state is rejected",
  async (engine) => {
    await using at = await engine.open();
    await using first = await open(at.url);
    await using second = await open(at.url);
    await first.widgets.create("sidebar", newContent("One", "en"));

    for (let round = 0; round < 25; round++) {
      const [widget] = await first.widgets.list();
      if (widget === undefined) throw new Error("no widget");
      const { revision, value: { uuid, content } } = widget;

      const saves = await Promise.all(
        [first, second].map((store) =>
          store.widgets.save(uuid, revision, {
            ...content,
            consent: `${round}`,
          })
        ),
      );

      equal(saves.filter((save) => save.ok).length, 1);
      const refused = saves.find((save) => !save.ok);
      equal(refused?.ok === false && refused.error.reason, "conflict");
    }
  },
  SHARED_ENGINES,
);

async function unpack(schema: number, path: string): Promise<void> {
  const file = `./fixtures/schema_${schema}.sqlite3.gz`;
  const packed = await Deno.open(new URL(file, import.meta.url));
  await Deno.mkdir(path.slice(0, path.lastIndexOf("/")));
  const unpacked = packed.readable
    .pipeThrough(new DecompressionStream("gzip"));
  await Deno.writeFile(path, unpacked);
  expireAsIfWrittenNow(path);
}

function expireAsIfWrittenNow(path: string): void {
  const age = Date.now() - FIXTURE_WRITTEN_AT;
  using database = new DatabaseSync(path);
  const { changes } = database.prepare(
    "update kv set expiration_ms = expiration_ms + ? where expiration_ms > 0",
  ).run(age);
  equal(Number(changes), 1); // Only the session expires.
}

async function open(path: string): Promise<Store> {
  const result = await openStore(path);
  if (!result.ok) throw new Error(notOpenedText(path, result.error));
  return result.value;
}

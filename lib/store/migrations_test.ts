import { deepEqual, equal } from "node:assert/strict";
import {
  eachEngine,
  kvOn,
  SHARED_ENGINES,
} from "@/tests/support/store_engines.ts";
import { kvAt, temporaryPath } from "@/tests/support/temporary_store.ts";
import {
  checkSchema,
  migrate,
  type Migration,
  MIGRATIONS,
} from "./migrations.ts";
import { notOpenedText, openStore } from "./open.ts";

eachEngine(
  "migrate() runs the missing steps once, in order",
  async (engine) => {
    await using kv = await kvOn(engine);
    const ran: number[] = [];
    const steps: Migration[] = [1, 2, 3].map((to) => ({
      to,
      run: () => Promise.resolve(void ran.push(to)),
    }));

    await migrate(kv, steps.slice(0, 1));
    await migrate(kv, steps);
    await migrate(kv, steps);

    deepEqual(ran, [1, 2, 3]);
  },
);

Deno.test("each step leads to the next schema", () => {
  deepEqual(MIGRATIONS.map(({ to }) => to), [1, 2, 3, 4]);
});

eachEngine("migrate() continues with the step that failed", async (engine) => {
  await using kv = await kvOn(engine);
  const ran: number[] = [];
  let broken = true;
  const steps: Migration[] = [1, 2].map((to) => ({
    to,
    run: () => {
      if (to === 2 && broken) throw new Error("disk full");
      ran.push(to);
      return Promise.resolve();
    },
  }));

  await migrate(kv, steps).catch(() => {});
  broken = false;
  await migrate(kv, steps);

  deepEqual(ran, [1, 2]);
});

eachEngine(
  "a store that is one schema ahead is opened unchanged, and two ahead is rejected",
  async (engine) => {
    await using kv = await kvOn(engine);
    const known = MIGRATIONS.length;
    await kv.set(["schema"], known + 1);

    const one = await migrate(kv);
    const same = await checkSchema(kv);
    const schema = await kv.get(["schema"]);
    await kv.set(["schema"], known + 2);
    const two = await migrate(kv);

    deepEqual([one.ok, same.ok, schema.value], [true, true, known + 1]);
    const error = { reason: "newer", found: known + 2, known };
    deepEqual(two, { ok: false, error });
    deepEqual(await checkSchema(kv), two);
  },
);

eachEngine(
  "a store written by a newer version is rejected with an explanation",
  async (engine) => {
    await using at = await engine.open();
    await (await opened(at.url))[Symbol.asyncDispose]();
    await using kv = await kvAt(at.url);
    await kv.set(["schema"], 999);

    const again = await openStore(at.url);

    equal(again.ok, false);
    if (again.ok) return;
    const known = MIGRATIONS.length;
    equal(
      notOpenedText("x.sqlite3", again.error),
      'Cannot open the store "x.sqlite3": it has schema 999, and this program ' +
        `knows up to ${known}. Start the newer version that has written it`,
    );
  },
  SHARED_ENGINES,
);

eachEngine("openStore() finds stored data again", async (engine) => {
  await using at = await engine.open();
  const first = await opened(at.url);
  const id = await first.pictures.put("image/png", new Uint8Array([1]));
  await first[Symbol.asyncDispose]();

  await using second = await opened(at.url);

  deepEqual((await second.pictures.get(id))?.bytes, new Uint8Array([1]));
}, SHARED_ENGINES);

Deno.test("openStore() reports why a path can't be used", async () => {
  await using folder = await temporaryPath();
  await Deno.mkdir(folder.path, { recursive: true });

  const result = await openStore(folder.path);

  equal(result.ok, false);
  equal(!result.ok && result.error.reason, "unusable");
});

async function opened(path: string) {
  const result = await openStore(path);
  if (!result.ok) throw new Error(notOpenedText(path, result.error));
  return result.value;
}

import { deepEqual, equal } from "node:assert/strict";
import { temporaryPath } from "@/tests/support/temporary_store.ts";
import {
  checkSchema,
  migrate,
  type Migration,
  MIGRATIONS,
} from "./migrations.ts";
import { notOpenedText, openStore } from "./open.ts";

Deno.test("migrate() runs the missing steps once, in order", async () => {
  using kv = await Deno.openKv(":memory:");
  const ran: number[] = [];
  const steps: Migration[] = [1, 2, 3].map((to) => ({
    to,
    run: () => Promise.resolve(void ran.push(to)),
  }));

  await migrate(kv, steps.slice(0, 1));
  await migrate(kv, steps);
  await migrate(kv, steps);

  deepEqual(ran, [1, 2, 3]);
});

Deno.test("each step leads to the next schema", () => {
  deepEqual(MIGRATIONS.map(({ to }) => to), [1, 2, 3, 4]);
});

Deno.test("migrate() continues with the step that failed", async () => {
  using kv = await Deno.openKv(":memory:");
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

Deno.test("a store that is one schema ahead is opened unchanged, and two ahead is rejected", async () => {
  using kv = await Deno.openKv(":memory:");
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
});

Deno.test("a store written by a newer version is rejected with an explanation", async () => {
  await using folder = await temporaryPath();
  (await opened(folder.path))[Symbol.dispose]();
  using kv = await Deno.openKv(folder.path);
  await kv.set(["schema"], 999);

  const again = await openStore(folder.path);

  equal(again.ok, false);
  if (again.ok) return;
  const known = MIGRATIONS.length;
  equal(
    notOpenedText("x.sqlite3", again.error),
    'Cannot open the store "x.sqlite3": it has schema 999, and this program ' +
      `knows up to ${known}. Start the newer version that has written it`,
  );
});

Deno.test("openStore() creates its folder and finds stored data again", async () => {
  await using folder = await temporaryPath();
  const first = await opened(folder.path);
  const id = await first.pictures.put("image/png", new Uint8Array([1]));
  first[Symbol.dispose]();

  using second = await opened(folder.path);

  deepEqual((await second.pictures.get(id))?.bytes, new Uint8Array([1]));
});

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

import { deepEqual, equal } from "node:assert/strict";
import { temporaryPath } from "@/tests/support/temporary_store.ts";
import { notOpenedText, openStore } from "./open.ts";

Deno.test("openStore() makes the folder, and stores for the next start", async () => {
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

Deno.test("openStore() says why a file cannot be a store", async () => {
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
});

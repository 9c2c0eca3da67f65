import { deepEqual, equal } from "node:assert/strict";
import * as v from "valibot";
import { eachEngine, storeOn } from "@/tests/support/store_engines.ts";

const color = { name: "color", schema: v.string() };

eachEngine(
  "a setting keeps the last value until it is deleted",
  async (engine) => {
    await using store = await storeOn(engine);
    const { settings } = store;
    const value = async () => (await settings.get(color))?.value;

    const seen = [await value()];
    await settings.set(color, "red");
    await settings.set(color, "green");
    seen.push(await value());
    await settings.delete(color);
    seen.push(await value());

    deepEqual(seen, [undefined, "green", undefined]);
  },
);

eachEngine(
  "one of two simultaneous first values of a setting is stored",
  async (engine) => {
    await using store = await storeOn(engine);
    const { settings } = store;

    const did = await Promise.all([
      settings.setFirst(color, "red"),
      settings.setFirst(color, "green"),
    ]);
    const again = await settings.setFirst(color, "blue");

    deepEqual(did.toSorted(), [false, true]);
    equal(again, false);
    equal((await settings.get(color))?.value, did[0] ? "red" : "green");
  },
);

eachEngine("simultaneous updates of a setting are all made", async (engine) => {
  await using store = await storeOn(engine);
  const { settings } = store;
  const names = ["a", "b", "c", "d"];

  await Promise.all(
    names.map((name) => settings.update(color, (before = "") => before + name)),
  );

  const value = (await settings.get(color))?.value ?? "";
  deepEqual([...value].sort(), names);
});

eachEngine("changing a setting is logged without its value", async (engine) => {
  await using store = await storeOn(engine);
  const by = { id: "1", name: "ada" };
  const change = { type: "pbx-password-saved" as const };

  await store.settings.change(color, "secret", { by, change });

  const [entry] = await store.audit.list({ limit: 9 });
  equal((await store.settings.get(color))?.value, "secret");
  deepEqual([entry?.by, entry?.change], [by, change]);
});

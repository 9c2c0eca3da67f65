import { deepEqual } from "node:assert/strict";
import { eachEngine, kvOn } from "@/tests/support/store_engines.ts";
import { deleteAll, has } from "./stored.ts";

eachEngine(
  "deleteAll() deletes a range and counts it, and has() knows what is left",
  async (engine) => {
    await using kv = await kvOn(engine);
    for (const key of [["a", 1], ["a", 2], ["b", 1]]) await kv.set(key, null);

    const deleted = await deleteAll(kv, { prefix: ["a"] });
    const left = [await has(kv, ["a", 1]), await has(kv, ["b", 1])];

    deepEqual([deleted, left], [2, [false, true]]);
  },
);

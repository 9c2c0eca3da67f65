import { deepEqual } from "node:assert/strict";
import { CountsByKey } from "./counts_by_key.ts";

Deno.test("CountsByKey counts each key, and never falls below 0", () => {
  const counts = new CountsByKey();

  counts.add("a", 1);
  counts.add("a", 1);
  counts.add("b", 1);
  counts.add("b", -1);
  counts.add("c", -1);
  counts.add("c", 1);

  deepEqual(["a", "b", "c"].map((key) => counts.get(key)), [2, 0, 1]);
});

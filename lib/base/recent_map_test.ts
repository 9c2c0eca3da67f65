import { deepEqual } from "node:assert/strict";
import { RecentMap } from "./recent_map.ts";

Deno.test("RecentMap deletes the key that was set longest ago when it is full", () => {
  const map = new RecentMap<number>(2);

  map.set("a", 1).set("b", 2).set("a", 3).set("c", 4);

  deepEqual([...map], [["a", 3], ["c", 4]]);
});

import { deepEqual } from "node:assert/strict";
import { isSameSecret } from "./same_secret.ts";

Deno.test("isSameSecret() compares all characters and the length", () => {
  const pairs: [string, string][] = [
    ["", ""],
    ["abc", "abc"],
    ["abc", "abd"],
    ["abc", "Abc"],
    ["abc", "ab"],
    ["ab", "abc"],
    ["", "\0"],
  ];

  const same = pairs.map(([a, b]) => isSameSecret(a, b));

  deepEqual(same, [true, true, false, false, false, false, false]);
});

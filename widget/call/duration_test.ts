import { equal } from "node:assert/strict";
import { clockOf } from "./duration.ts";

Deno.test("clockOf() shows minutes and seconds, and hours from the first on", () => {
  const shown: [ms: number, text: string][] = [
    [-1, "0:00"],
    [0, "0:00"],
    [999, "0:00"],
    [1_000, "0:01"],
    [65_000, "1:05"],
    [3_599_999, "59:59"],
    [3_600_000, "1:00:00"],
    [3_725_000, "1:02:05"],
    [36_000_000, "10:00:00"],
  ];
  for (const [ms, text] of shown) equal(clockOf(ms), text);
});

import { deepEqual, equal } from "node:assert/strict";
import { isCounted, isLongName, isLongText, shortName } from "./limits.ts";

const long = (length: number) => ` ${"x".repeat(length)}\n`;

Deno.test("a message may have 4,000 characters, and the last 200 are counted", () => {
  deepEqual([3_800, 3_801].map((n) => isCounted(long(n))), [false, true]);
  deepEqual([4_000, 4_001].map((n) => isLongText(long(n))), [false, true]);
});

Deno.test("a name may have 64 characters", () => {
  deepEqual([64, 65].map((n) => isLongName(long(n))), [false, true]);
  equal(shortName(long(70)), "x".repeat(64));
  equal(shortName(" Ada "), "Ada");
});

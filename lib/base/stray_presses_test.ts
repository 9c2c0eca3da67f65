import { deepEqual } from "node:assert/strict";
import { isStrayPress } from "./stray_presses.ts";

const first = { control: "join", x: 100, y: 100, atMs: 1_000, isPointer: true };

Deno.test("isStrayPress() is true for another control at the same place within half a second", () => {
  const presses = [
    { ...first, control: "decline", atMs: 1_180 },
    { ...first, control: "decline", x: 110, y: 120, atMs: 1_499 },
    { ...first, atMs: 1_180 },
    { ...first, control: "decline", y: 132, atMs: 1_180 },
    { ...first, control: "decline", atMs: 1_500 },
  ];

  const found = presses.map((press) => isStrayPress(first, press));

  deepEqual(found, [true, true, false, false, false]);
  deepEqual(isStrayPress(undefined, first), false);
});

Deno.test("isStrayPress() ignores the place of key presses and never pairs them with pointer presses", () => {
  const byKey = { ...first, x: 0, y: 0, isPointer: false };
  const other = { ...byKey, control: "decline", atMs: 1_180 };

  deepEqual(isStrayPress(byKey, { ...other, x: 500 }), true);
  deepEqual(isStrayPress(first, other), false);
});

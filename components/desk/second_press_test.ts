import { deepEqual } from "node:assert/strict";
import { isSecondPress } from "./second_press.ts";

Deno.test("isSecondPress() is true for another button at the same place within half a second", () => {
  const first = { button: "join", x: 100, y: 100, atMs: 1_000 };
  const presses = [
    { button: "decline", x: 100, y: 100, atMs: 1_180 },
    { button: "decline", x: 110, y: 120, atMs: 1_499 },
    { button: "join", x: 100, y: 100, atMs: 1_180 },
    { button: "decline", x: 100, y: 140, atMs: 1_180 },
    { button: "decline", x: 100, y: 100, atMs: 1_500 },
  ];

  const found = presses.map((press) => isSecondPress(first, press));

  deepEqual(found, [true, true, false, false, false]);
  deepEqual(isSecondPress(undefined, first), false);
});

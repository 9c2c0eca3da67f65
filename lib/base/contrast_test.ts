import { deepEqual, equal, ok } from "node:assert/strict";
import { contrast, parseColor, readable, TEXT_CONTRAST } from "./contrast.ts";

Deno.test("contrast() returns the WCAG contrast ratio", () => {
  equal(contrast([0, 0, 0], [255, 255, 255]), 21);
  equal(contrast([119, 119, 119], [255, 255, 255]).toFixed(2), "4.48");
});

Deno.test("readable() changes a colour only as much as needed", () => {
  const white = [255, 255, 255] as const;

  deepEqual(readable([0, 0, 0], [white]), [0, 0, 0]);
  ok(contrast(readable([150, 150, 150], [white]), white) >= TEXT_CONTRAST);
  ok(contrast(readable([150, 150, 150], [white]), white) < 6);
});

Deno.test("parseColor() parses every notation the editor offers, and reads invalid digits as 0", () => {
  deepEqual(parseColor("#0b6e5f"), [11, 110, 95]);
  deepEqual(parseColor("#zz!!  "), [0, 0, 0]);
});

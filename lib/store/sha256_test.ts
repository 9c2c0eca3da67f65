import { deepEqual } from "node:assert/strict";
import { sha256Hex } from "./sha256.ts";

Deno.test("sha256Hex() hashes bytes, and a text as UTF-8", () => {
  // printf 'Grüße' | sha256sum
  const expected =
    "f83e039796c6453a10f5519e39fd113901572316a1a8ea07cb525d2801dfd074";

  const hashes = [
    sha256Hex("Grüße"),
    sha256Hex(new TextEncoder().encode("Grüße")),
  ];

  deepEqual(hashes, [expected, expected]);
});

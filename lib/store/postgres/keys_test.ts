import { deepEqual, equal, throws } from "node:assert/strict";
import { decodeKey, encodeKey, encodeParts } from "./keys.ts";

/** Stores have these bytes, so a later version must read and write the same. */
const STORED: [key: Deno.KvKey, hex: string][] = [
  [["a"], "026100"],
  [["ä", ""], "02c3a4000200"],
  [["a\u0000b"], "026100ff6200"],
  [["\u0000"], "0200ff00"],
  [[new Uint8Array([0, 255, 1])], "0100ffff0100"],
  [[0], "218000000000000000"],
  [[1.5], "21bff8000000000000"],
  [[-1.5], "214007ffffffffffff"],
  [[1_795_305_600_000], "21c27a2008d7400000"],
  [[false, true], "2627"],
  [["k", 1, "x"], "026b0021bff0000000000000027800"],
];

Deno.test("keys are stored in the bytes of Deno KV, and read back", () => {
  for (const [key, hex] of STORED) {
    const bytes = encodeKey(key);

    equal(bytes.toString("hex"), hex, JSON.stringify(key));
    deepEqual(decodeKey(bytes), key);
  }
});

Deno.test("a key has up to 2,048 bytes, and one more can be read", () => {
  // A text has two bytes more: its kind, and a zero at its end.
  const key = (bytes: number) => ["x".repeat(bytes - 2)];
  const error = (max: number, use: string) => ({
    name: "TypeError",
    message: `Key too large for ${use} (max ${max} bytes)`,
  });

  equal(encodeKey(key(2_048), "write").length, 2_048);
  equal(encodeKey(key(2_049)).length, 2_049);
  throws(() => encodeKey(key(2_049), "write"), error(2_048, "write"));
  throws(() => encodeKey(key(2_050), "read"), error(2_049, "read"));
});

Deno.test("a key without parts, or with another kind of part, is refused", () => {
  const wrong: unknown = [null];

  throws(() => encodeKey([]), { message: "key cannot be empty" });
  equal(encodeParts([]).length, 0);
  throws(() => encodeParts(wrong as Deno.KvKey), {
    name: "TypeError",
    message: "A part of a key must be text, a number, a boolean or bytes",
  });
  throws(() => decodeKey(new Uint8Array([3, 0])), {
    message: "A stored key has a part of the kind 3",
  });
});

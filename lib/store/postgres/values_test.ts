import { deepEqual, equal, throws } from "node:assert/strict";
import { Buffer } from "node:buffer";
import { decodeValue, encodeValue } from "./values.ts";

Deno.test("values are stored as V8 serializes them, and bytes as they are, after their kind", () => {
  // Stores have these bytes, so every later version must read them.
  const stored: [value: unknown, hex: string][] = [
    [new Uint8Array([1, 2]), "010102"],
    [new Uint8Array(), "01"],
    ["a", "00ff0f220161"],
    [null, "00ff0f30"],
    [{ a: 1 }, "00ff0f6f22016149027b01"],
  ];

  for (const [value, hex] of stored) {
    deepEqual(decodeValue(Buffer.from(hex, "hex")), value);
    const bytes = encodeValue(value);
    equal(bytes.toString("hex").slice(0, 2), hex.slice(0, 2));
    deepEqual(decodeValue(bytes), value);
  }
});

Deno.test("a value has up to 65,536 bytes without its kind", () => {
  const most = encodeValue(new Uint8Array(65_536));

  equal(most.length, 65_537);
  throws(() => encodeValue(new Uint8Array(65_537)), {
    name: "TypeError",
    message: "Value too large (max 65536 bytes)",
  });
});

import { Buffer } from "node:buffer";
import { deserialize, serialize } from "node:v8";

// Values in the format of Deno KV: bytes as they are, and all others as V8
// serializes them. The first byte says which of the two it is.

const SERIALIZED = 0;
const BYTES = 1;

/** Limit of Deno KV, without the first byte. */
const VALUE_BYTES_MAX = 65_536;

/** Encodes a value. Throws a TypeError, as Deno KV does, if it is too large. */
export function encodeValue(value: unknown): Buffer {
  const isBytes = value instanceof Uint8Array;
  const content = isBytes ? value : serialize(value);
  if (content.length > VALUE_BYTES_MAX) {
    throw new TypeError(`Value too large (max ${VALUE_BYTES_MAX} bytes)`);
  }
  return Buffer.concat([
    new Uint8Array([isBytes ? BYTES : SERIALIZED]),
    content,
  ]);
}

/** Decodes what `encodeValue` returned. */
export function decodeValue(stored: Uint8Array): unknown {
  const content = stored.subarray(1);
  return stored[0] === BYTES ? new Uint8Array(content) : deserialize(content);
}

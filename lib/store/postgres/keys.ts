import { Buffer } from "node:buffer";

// Keys as bytes whose order is the order of Deno's keys. The encoding is the one
// of Deno KV, which it took from FoundationDB's tuples
// (https://docs.deno.com/deploy/kv/data_modeling/#keys): each part begins with
// its kind, kinds sort as below, and text ends with a zero byte.

const KIND = { bytes: 1, text: 2, number: 0x21, false: 0x26, true: 0x27 };

/** Stands for a zero byte inside text, after a zero. */
const ZERO_FOLLOWS = 0xff;

/** Limits of Deno KV, in bytes of an encoded key. */
const WRITTEN_KEY_BYTES_MAX = 2_048;
const READ_KEY_BYTES_MAX = WRITTEN_KEY_BYTES_MAX + 1;

/** Encodes a key of a value. Throws a TypeError, as Deno KV does, if it is empty
 * or too large. */
export function encodeKey(
  key: Deno.KvKey,
  use: "read" | "write" = "read",
): Buffer {
  const bytes = encodeParts(key);
  if (bytes.length === 0) throw new TypeError("key cannot be empty");
  const max = use === "read" ? READ_KEY_BYTES_MAX : WRITTEN_KEY_BYTES_MAX;
  if (bytes.length > max) {
    throw new TypeError(`Key too large for ${use} (max ${max} bytes)`);
  }
  return bytes;
}

/** Encodes the parts of a key, or of the beginning of one. */
export function encodeParts(parts: Deno.KvKey): Buffer {
  const out: number[] = [];
  for (const part of parts) {
    if (typeof part === "string") pushText(out, KIND.text, Buffer.from(part));
    else if (part instanceof Uint8Array) pushText(out, KIND.bytes, part);
    else if (typeof part === "boolean") out.push(KIND[`${part}`]);
    else if (typeof part === "number") out.push(KIND.number, ...sortable(part));
    else {
      throw new TypeError(
        "A part of a key must be text, a number, a boolean or bytes",
      );
    }
  }
  return Buffer.from(out);
}

/** Decodes what `encodeKey` returned. */
export function decodeKey(bytes: Uint8Array): Deno.KvKeyPart[] {
  const key: Deno.KvKeyPart[] = [];
  for (let at = 0; at < bytes.length;) {
    const kind = bytes[at++];
    if (kind === KIND.false || kind === KIND.true) key.push(kind === KIND.true);
    else if (kind === KIND.number) {
      key.push(numberOf(bytes.subarray(at, at + 8)));
      at += 8;
    } else if (kind === KIND.text || kind === KIND.bytes) {
      const { part, end } = readText(bytes, at);
      key.push(kind === KIND.text ? new TextDecoder().decode(part) : part);
      at = end;
    } else throw new Error(`A stored key has a part of the kind ${kind}`);
  }
  return key;
}

function pushText(out: number[], kind: number, bytes: Uint8Array): void {
  out.push(kind);
  for (const byte of bytes) {
    out.push(byte);
    if (byte === 0) out.push(ZERO_FOLLOWS);
  }
  out.push(0);
}

function readText(
  bytes: Uint8Array,
  start: number,
): { part: Uint8Array<ArrayBuffer>; end: number } {
  const part: number[] = [];
  let at = start;
  while (at < bytes.length) {
    const byte = bytes[at++] ?? 0;
    if (byte === 0 && bytes[at] !== ZERO_FOLLOWS) break;
    part.push(byte);
    if (byte === 0) at++;
  }
  return { part: new Uint8Array(part), end: at };
}

/** Returns the bytes of an IEEE 754 number that sort as the numbers do: with the
 * sign turned, and all bits of a negative number. */
function sortable(number: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, number);
  const bits = view.getBigUint64(0);
  view.setBigUint64(0, bits >> 63n ? ~bits : bits | SIGN);
  return new Uint8Array(view.buffer);
}

function numberOf(bytes: Uint8Array): number {
  const view = new DataView(new ArrayBuffer(8));
  new Uint8Array(view.buffer).set(bytes);
  const bits = view.getBigUint64(0);
  view.setBigUint64(0, bits >> 63n ? bits & ~SIGN : ~bits);
  return view.getFloat64(0);
}

const SIGN = 1n << 63n;

// The part of Protocol Buffers that KV Connect needs: whole numbers, bytes and
// messages.

/** A decoded message: all values of each field, by its number. */
export class Message {
  readonly #fields = new Map<number, (number | Uint8Array)[]>();

  constructor(bytes: Uint8Array) {
    for (let at = 0; at < bytes.length;) {
      const tag = varintAt(bytes, at);
      const head = varintAt(bytes, tag.end);
      const isBytes = (tag.value & 7) === 2;
      const end = isBytes ? head.end + head.value : head.end;
      const value = isBytes ? bytes.subarray(head.end, end) : head.value;
      const field = tag.value >> 3;
      const values = this.#fields.get(field);
      if (values === undefined) this.#fields.set(field, [value]);
      else values.push(value);
      at = end;
    }
  }

  number(field: number): number {
    const [value = 0] = this.#fields.get(field) ?? [];
    return typeof value === "number" ? value : 0;
  }

  bytes(field: number): Uint8Array {
    const [value] = this.#fields.get(field) ?? [];
    return value instanceof Uint8Array ? value : new Uint8Array();
  }

  messages(field: number): Message[] {
    return (this.#fields.get(field) ?? [])
      .filter((value) => value instanceof Uint8Array)
      .map((value) => new Message(value));
  }
}

/** A field to encode: its number and its value. */
export type Field = [number, number | Uint8Array];

/** Encodes the fields of a message. */
export function encode(...fields: Field[]): Uint8Array<ArrayBuffer> {
  const parts = fields.flatMap(([field, value]) =>
    value instanceof Uint8Array
      ? [[...varint(field << 3 | 2), ...varint(value.length)], value]
      : [[...varint(field << 3), ...varint(value)]]
  );
  const bytes = new Uint8Array(
    parts.reduce((sum, { length }) => sum + length, 0),
  );
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function varint(value: number): number[] {
  const bytes: number[] = [];
  for (; value > 127; value = Math.floor(value / 128)) {
    bytes.push(value % 128 | 128);
  }
  return [...bytes, value];
}

function varintAt(
  bytes: Uint8Array,
  at: number,
): { value: number; end: number } {
  let value = 0;
  for (let end = at, factor = 1;; factor *= 128) {
    const byte = bytes[end++];
    if (byte === undefined) throw new RangeError("The message is cut off");
    value += (byte & 127) * factor;
    if (byte < 128) return { value, end };
  }
}

import { deepEqual } from "node:assert/strict";
import { Buffer } from "node:buffer";
import { withoutRepeats } from "./repeats.ts";

/** A DTLS record. Each transmission has its own number, as in RFC 6347. */
function record(
  { type = 22, epoch = 0, number = 0, message = 0, body = "body" },
): Buffer {
  const header = Buffer.alloc(13);
  header[0] = type;
  header.writeUInt16BE(0xfefd, 1);
  header.writeUInt16BE(epoch, 3);
  header.writeUIntBE(number, 5, 6);
  const head = Buffer.alloc(12);
  head.writeUInt16BE(message, 4);
  head.writeUIntBE(body.length, 9, 3);
  const payload = Buffer.concat([head, Buffer.from(body)]);
  header.writeUInt16BE(payload.length, 11);
  return Buffer.concat([header, payload]);
}

Deno.test("a repeated flight is removed, but new records in it stay", () => {
  const pass = withoutRepeats();
  const hello = record({ message: 1, number: 1 });
  const done = record({ message: 2, number: 2 });

  const first = pass(hello);
  const again = pass(Buffer.concat([
    record({ message: 1, number: 3 }),
    done,
    record({ type: 20, number: 4 }),
  ]));

  deepEqual(first, hello);
  deepEqual(again, Buffer.concat([done, record({ type: 20, number: 4 })]));
});

Deno.test("encrypted records, media and truncated packets pass unchanged", () => {
  const pass = withoutRepeats();
  const finished = record({ epoch: 1 });
  const media = Buffer.from([0x80, 0x60, 1, 2, 3]);
  const cut = record({ message: 5 }).subarray(0, 20);

  const passed = [finished, finished, media, media, cut, cut].map(pass);

  deepEqual(passed, [finished, finished, media, media, cut, cut]);
});

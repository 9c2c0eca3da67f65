import { equal, ok } from "node:assert/strict";
import { PICTURE_SIDE_MAX } from "@/lib/model/picture.ts";
import { chance } from "@/tests/support/chance.ts";
import { PORTRAITS } from "../examples/portraits.ts";
import { join } from "./image.ts";
import { readImage } from "./read_image.ts";

const ROUNDS = 20_000;

/** The first bytes of each kind: from here on anything may follow. */
const STARTS = [
  "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x06\0\0\0\x04\x08\x06\0\0\0",
  "\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0\xff\xc0\0\x11",
  "RIFF\x40\0\0\0WEBPVP8X\x0a\0\0\0",
  "RIFF\x40\0\0\0WEBPVP8 \x20\0\0\0",
  atob(PORTRAITS.you).slice(0, 200),
].map((text) => Uint8Array.from(text, (char) => char.charCodeAt(0)));

Deno.test("readImage() never throws, and accepts only images within the limits", () => {
  const { seed, below } = chance();
  for (let round = 0; round < ROUNDS; round++) {
    const start = STARTS[below(STARTS.length)] ?? new Uint8Array();
    const tail = Uint8Array.from({ length: below(100) }, () => below(256));
    const bytes = join([start, tail]);
    for (let n = below(4); n > 0; n--) bytes[below(bytes.length)] = below(256);
    const file = bytes.slice(0, below(bytes.length + 1));

    const image = readImage(file);

    if (!image.ok) continue;
    const { width, height, bytes: kept } = image.value;
    const why = `CW_SEED=${seed}, round ${round}`;
    ok(width >= 1 && width <= PICTURE_SIDE_MAX, why);
    ok(height >= 1 && height <= PICTURE_SIDE_MAX, why);
    ok(kept.length <= file.length + 1, why);
    // What is stored is a picture again, of the same size.
    const again = readImage(kept);
    equal(again.ok && again.value.width, width, why);
  }
});

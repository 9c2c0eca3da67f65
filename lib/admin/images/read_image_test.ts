import { deepEqual, equal } from "node:assert/strict";
import { err } from "@/lib/base/result.ts";
import { PORTRAITS } from "../examples/portraits.ts";
import { isText, join, viewOf } from "./image.ts";
import { crc32 } from "./png.ts";
import { readImage } from "./read_image.ts";

// Files of 6 x 4 px as Chromium writes them from a canvas.
const PNG = base64(
  "iVBORw0KGgoAAAANSUhEUgAAAAYAAAAECAYAAACtBE5DAAAAMUlEQVR4AXSKwQkAMAgDSwfpHgWHczjBPZxECBz4MXCEcLlniUQ+c+AnwZgt8SsckA0AAP//oyqg4QAAAAZJREFUAwCkvQwJbIR/1wAAAABJRU5ErkJggg==",
);
const JPEG = base64(
  "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAYEBQYFBAYGBQYHBwYIChAKCgkJChQODwwQFxQYGBcUFhYaHSUfGhsjHBYWICwgIyYnKSopGR8tMC0oMCUoKSj/2wBDAQcHBwoIChMKChMoGhYaKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCj/wAARCAAEAAYDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAj/xAAeEAABAwQDAAAAAAAAAAAAAAADAAEEAhIUIRNBof/EABUBAQEAAAAAAAAAAAAAAAAAAAED/8QAGREAAQUAAAAAAAAAAAAAAAAAAAEDMpGx/9oADAMBAAIRAxEAPwCn4cLGPJLkyTc1V1hSXUj2+qW6bfjIiIQo9KsP/9k=",
);
const LOSSLESS_WEBP = base64(
  "UklGRiQAAABXRUJQVlA4TBcAAAAvBcAAAA/wOMdzjF+sc/7jAY/5ieh/JAA=",
);
const LOSSY_WEBP = base64(PORTRAITS.sales);

Deno.test("readImage() detects type and size from the bytes alone", () => {
  const images = [PNG, JPEG, LOSSLESS_WEBP, LOSSY_WEBP].map(readImage);

  const seen = images.map((image) =>
    image.ok && [image.value.type, image.value.width, image.value.height]
  );
  deepEqual(seen, [
    ["image/png", 6, 4],
    ["image/jpeg", 6, 4],
    ["image/webp", 6, 4],
    ["image/webp", 240, 240],
  ]);
});

Deno.test("readImage() doesn't change an image without metadata", () => {
  for (const bytes of [PNG, JPEG, LOSSLESS_WEBP, LOSSY_WEBP]) {
    const image = readImage(bytes);
    deepEqual(image.ok && image.value.bytes, bytes);
  }
});

Deno.test("readImage() rejects a file cut at any byte", () => {
  for (const bytes of [PNG, JPEG, LOSSLESS_WEBP]) {
    for (let length = 0; length < bytes.length; length++) {
      equal(readImage(bytes.slice(0, length)).ok, false, `${length} bytes`);
    }
  }
});

Deno.test("readImage() rejects files that only claim to be images", () => {
  const files = [
    `<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`,
    `<?xml version="1.0"?><svg/>`,
    "GIF89a\x01\x00\x01\x00",
    "<!doctype html><script>alert(1)</script>",
    "%PDF-1.7",
    "",
  ];

  const results = files.map((file) =>
    readImage(new TextEncoder().encode(file))
  );

  for (const result of results) {
    deepEqual(result, err("is neither JPEG nor PNG nor WebP"));
  }
});

Deno.test("readImage() rejects a huge image by the size in its header", () => {
  const png = PNG.slice();
  viewOf(png).setUint32(16, 60_000);
  viewOf(png).setUint32(29, crc32(png.subarray(12, 29)));
  const jpeg = JPEG.slice();
  const frame = jpeg.findIndex((byte, n) =>
    byte === 0xff && jpeg[n + 1] === 0xc0
  );
  viewOf(jpeg).setUint16(frame + 7, 65_500);

  const results = [png, jpeg, lossyWebp(16_000)].map(readImage);

  deepEqual(results, [
    err("is 60000 x 4 px"),
    err("is 65500 x 4 px"),
    err("is 16000 x 240 px"),
  ]);
});

Deno.test("readImage() removes trailing data, comments and camera metadata", () => {
  const secret = "<script>secret</script>";
  const tail = new TextEncoder().encode(secret);
  const files = [
    join([PNG.subarray(0, 33), pngChunk("tEXt", tail), PNG.subarray(33), tail]),
    join([
      JPEG.subarray(0, 2),
      jpegSegment(0xe1, tail),
      jpegSegment(0xfe, tail),
      JPEG.subarray(2),
      tail,
    ]),
    join([
      webp("VP8L", LOSSLESS_WEBP.slice(20, 20 + 23), ["EXIF", tail]),
      tail,
    ]),
  ];

  const images = files.map(readImage);

  const clean = [PNG, JPEG, LOSSLESS_WEBP];
  for (const [n, image] of images.entries()) {
    equal(new TextDecoder().decode(files[n]).includes(secret), true);
    deepEqual(image.ok && image.value.bytes, clean[n]);
  }
});

Deno.test("readImage() rejects animated images", () => {
  const apng = join([
    PNG.subarray(0, 33),
    pngChunk("acTL", new Uint8Array(8)),
    PNG.subarray(33),
  ]);
  const animated = webp("VP8X", Uint8Array.of(2, 0, 0, 0, 5, 0, 0, 3, 0, 0));

  deepEqual(readImage(apng), err("is animated"));
  deepEqual(readImage(animated), err("is animated"));
});

Deno.test("readImage() detects one changed byte of a PNG", () => {
  for (let at = 8; at < PNG.length; at++) {
    const damaged = PNG.slice();
    damaged[at] = (damaged[at] ?? 0) ^ 0x20;
    equal(readImage(damaged).ok, false, `byte ${at}`);
  }
});

/** LOSSY_WEBP without its canvas, whose frame says that it has this width. */
function lossyWebp(width: number): Uint8Array {
  const bytes = LOSSY_WEBP;
  for (let at = 12; at < bytes.length;) {
    const length = viewOf(bytes).getUint32(at + 4, true);
    if (isText(bytes, at, "VP8 ")) {
      const data = bytes.slice(at + 8, at + 8 + length);
      viewOf(data).setUint16(6, width, true);
      return webp("VP8 ", data);
    }
    at += 8 + length + length % 2;
  }
  throw new Error("Cannot find VP8");
}

function webp(
  type: string,
  data: Uint8Array,
  ...more: [string, Uint8Array][]
): Uint8Array<ArrayBuffer> {
  const chunks = [[type, data] as const, ...more].map(([type, data]) => {
    const chunk = new Uint8Array(8 + data.length + data.length % 2);
    new TextEncoder().encodeInto(type, chunk);
    viewOf(chunk).setUint32(4, data.length, true);
    chunk.set(data, 8);
    return chunk;
  });
  const whole = join([new TextEncoder().encode("RIFF....WEBP"), ...chunks]);
  viewOf(whole).setUint32(4, whole.length - 8, true);
  return whole;
}

function pngChunk(type: string, data: Uint8Array): Uint8Array {
  const chunk = new Uint8Array(12 + data.length);
  viewOf(chunk).setUint32(0, data.length);
  new TextEncoder().encodeInto(type, chunk.subarray(4));
  chunk.set(data, 8);
  const checked = chunk.subarray(4, 8 + data.length);
  viewOf(chunk).setUint32(8 + data.length, crc32(checked));
  return chunk;
}

function jpegSegment(marker: number, data: Uint8Array): Uint8Array {
  const length = 2 + data.length;
  return join([Uint8Array.of(0xff, marker, length >> 8, length & 255), data]);
}

function base64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
}

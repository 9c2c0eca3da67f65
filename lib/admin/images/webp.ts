import { err, ok, type Result } from "@/lib/base/result.ts";
import {
  isText,
  join,
  type NotAnImage,
  type ReadImage,
  viewOf,
} from "./image.ts";

// WebP Container Specification: RIFF, little endian, chunks of even length.

interface Size {
  width: number;
  height: number;
}

const HEADER_LENGTH = 12;
const ANIMATED = 0x02;
/** Flags of VP8X for the parts that are kept: an alpha channel, a colour
 * profile. */
const KEPT_FLAGS = 0x10 | 0x20;
const DRAWN = new Set(["VP8 ", "VP8L", "VP8X", "ALPH", "ICCP"]);

export function isWebp(bytes: Uint8Array): boolean {
  return isText(bytes, 0, "RIFF") && isText(bytes, 8, "WEBP");
}

/** Reads a still WebP chunk by chunk. */
export function readWebp(bytes: Uint8Array): ReadImage {
  const view = viewOf(bytes);
  const end = 8 + view.getUint32(4, true);
  if (end > bytes.length) return err("ends too early");
  const kept: Uint8Array[] = [];
  let canvas: Size | undefined;
  let image: Size | undefined;
  for (let at = HEADER_LENGTH; at + 8 <= end;) {
    const type = String.fromCharCode(...bytes.subarray(at, at + 4));
    const length = view.getUint32(at + 4, true);
    const next = at + 8 + length + length % 2;
    if (next > end) return err("ends too early");
    const chunk = bytes.slice(at, next);
    const data = chunk.subarray(8, 8 + length);
    if (type === "ANIM" || type === "ANMF") return err("is animated");
    if (type === "VP8X") {
      if (length < 10 || canvas !== undefined) return err("is damaged");
      if ((data[0] ?? 0) & ANIMATED) return err("is animated");
      data[0] = (data[0] ?? 0) & KEPT_FLAGS;
      canvas = { width: uint24(data, 4) + 1, height: uint24(data, 7) + 1 };
    }
    if (type === "VP8 " || type === "VP8L") {
      const read = type === "VP8 " ? lossySize(data) : losslessSize(data);
      if (!read.ok || image !== undefined) return err("is damaged");
      image = read.value;
    }
    if (DRAWN.has(type)) kept.push(chunk);
    at = next;
  }
  if (image === undefined) return err("ends too early");
  const fits = canvas === undefined ||
    canvas.width === image.width && canvas.height === image.height;
  if (!fits) return err("is damaged");
  return ok({ type: "image/webp", ...image, bytes: whole(kept) });
}

/** The frame header of VP8 (RFC 6386, section 9.1). */
function lossySize(data: Uint8Array): Result<Size, NotAnImage> {
  const isKeyFrame = ((data[0] ?? 1) & 1) === 0;
  if (data.length < 10 || !isKeyFrame) return err("is damaged");
  if (!isText(data, 3, "\x9d\x01\x2a")) return err("is damaged");
  const view = viewOf(data);
  const width = view.getUint16(6, true) & 0x3fff;
  const height = view.getUint16(8, true) & 0x3fff;
  return ok({ width, height });
}

/** The image header of VP8L (WebP Lossless Bitstream, section 3). */
function losslessSize(data: Uint8Array): Result<Size, NotAnImage> {
  if (data.length < 5 || data[0] !== 0x2f) return err("is damaged");
  const bits = viewOf(data).getUint32(1, true);
  return ok({ width: (bits & 0x3fff) + 1, height: (bits >>> 14 & 0x3fff) + 1 });
}

function uint24(bytes: Uint8Array, at: number): number {
  const view = viewOf(bytes);
  return view.getUint16(at, true) | view.getUint8(at + 2) << 16;
}

/** Returns the file with these chunks. */
function whole(chunks: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = join([new Uint8Array(HEADER_LENGTH), ...chunks]);
  new TextEncoder().encodeInto("RIFF", bytes);
  new TextEncoder().encodeInto("WEBP", bytes.subarray(8));
  viewOf(bytes).setUint32(4, bytes.length - 8, true);
  return bytes;
}

import { err, ok } from "@/lib/base/result.ts";
import { isText, join, type ReadImage, viewOf } from "./image.ts";

const SIGNATURE = "\x89PNG\r\n\x1a\n";
/** Chunks that change how the picture looks; all others are left out. */
const DRAWN = new Set(
  ["IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "iCCP"],
);
const IHDR_LENGTH = 13;

export function isPng(bytes: Uint8Array): boolean {
  return isText(bytes, 0, SIGNATURE);
}

/** Reads a PNG chunk by chunk (W3C PNG, section 5). */
export function readPng(bytes: Uint8Array): ReadImage {
  const view = viewOf(bytes);
  const kept = [bytes.subarray(0, SIGNATURE.length)];
  const seen = new Set<string>();
  let size: { width: number; height: number } | undefined;
  for (let at = SIGNATURE.length; at + 12 <= bytes.length;) {
    const length = view.getUint32(at);
    const end = at + 12 + length;
    if (end > bytes.length) break;
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    const checked = bytes.subarray(at + 4, end - 4);
    if (crc32(checked) !== view.getUint32(end - 4)) return err("is damaged");
    if (type === "acTL") return err("is animated");
    if (!seen.has("IHDR")) {
      if (type !== "IHDR" || length !== IHDR_LENGTH) return err("is damaged");
      size = { width: view.getUint32(at + 8), height: view.getUint32(at + 12) };
    } else if (type === "IHDR") return err("is damaged");
    seen.add(type);
    if (DRAWN.has(type)) kept.push(bytes.subarray(at, end));
    if (type === "IEND" && size !== undefined && seen.has("IDAT")) {
      return ok({ type: "image/png", ...size, bytes: join(kept) });
    }
    at = end;
  }
  return err("ends too early");
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let crc = n;
  for (let bit = 0; bit < 8; bit++) {
    crc = crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1;
  }
  return crc >>> 0;
});

/** Computes the checksum of a chunk (W3C PNG, annex D). */
export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc = (CRC_TABLE[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

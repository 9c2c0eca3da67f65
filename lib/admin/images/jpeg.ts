import { err, ok } from "@/lib/base/result.ts";
import { isText, join, type ReadImage, viewOf } from "./image.ts";

// Markers of ITU-T T.81, table B.1: the second byte after 0xFF.
const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const DHT = 0xc4;
const JPG = 0xc8;
const DAC = 0xcc;
const COM = 0xfe;
/** APP0 (JFIF), APP2 with a colour profile, APP14 (Adobe): these define the
 * colours. */
const APP0 = 0xe0;
const APP2 = 0xe2;
const APP14 = 0xee;

export function isJpeg(bytes: Uint8Array): boolean {
  return bytes[0] === 0xff && bytes[1] === SOI && bytes[2] === 0xff;
}

/** Reads a JPEG segment by segment to its end (ITU-T T.81, annex B). */
export function readJpeg(bytes: Uint8Array): ReadImage {
  const view = viewOf(bytes);
  const kept = [bytes.subarray(0, 2)];
  let size: { width: number; height: number } | undefined;
  let drawn = false;
  for (let at = 2; at + 2 <= bytes.length;) {
    if (bytes[at] !== 0xff) return err("is damaged");
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) { // Fill bytes may precede a marker.
      at++;
      continue;
    }
    if (marker === EOI) {
      if (size === undefined || !drawn) return err("is damaged");
      kept.push(bytes.subarray(at, at + 2));
      return ok({ type: "image/jpeg", ...size, bytes: join(kept) });
    }
    if (at + 4 > bytes.length) break;
    const end = at + 2 + view.getUint16(at + 2);
    if (end < at + 4) return err("is damaged");
    if (end > bytes.length) break;
    if (isFrame(marker)) {
      if (size !== undefined || end < at + 10) return err("is damaged");
      size = { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    }
    const next = marker === SOS ? endOfScan(bytes, end) : end;
    drawn ||= marker === SOS && next > end;
    if (isDrawn(marker, bytes.subarray(at + 4, end))) {
      kept.push(bytes.subarray(at, next));
    }
    at = next;
  }
  return err("ends too early");
}

/** SOF0 to SOF15: the header with width and height. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf &&
    ![DHT, JPG, DAC].includes(marker);
}

/** Leaves out comments (COM) and application data (camera, position,
 * previews). */
function isDrawn(marker: number, data: Uint8Array): boolean {
  if (marker === APP2) return isText(data, 0, "ICC_PROFILE\0");
  const isApp = marker >= 0xe0 && marker <= 0xef;
  return isApp ? [APP0, APP14].includes(marker) : marker !== COM;
}

/** Returns the end of the compressed data that starts at `at`: the next
 * marker. */
function endOfScan(bytes: Uint8Array, at: number): number {
  for (; at + 1 < bytes.length; at++) {
    if (bytes[at] !== 0xff) continue;
    const next = bytes[at + 1] ?? 0;
    const isRestart = next >= 0xd0 && next <= 0xd7;
    if (next !== 0 && !isRestart) return at;
  }
  return bytes.length;
}

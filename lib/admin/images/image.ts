import type { Result } from "@/lib/base/result.ts";
import type { PictureType } from "@/lib/model/picture.ts";

/** A picture whose file is complete. */
export interface Image {
  type: PictureType;
  width: number;
  height: number;
  /** The file with only the parts that draw: no position, camera, comments or
   * trailing data. */
  bytes: Uint8Array<ArrayBuffer>;
}

/** The reason why a file is not a picture, as a part of a sentence: `ends too
 * early`. */
export type NotAnImage = string;

export type ReadImage = Result<Image, NotAnImage>;

/** Joins parts of a file. */
export function join(
  pieces: readonly Uint8Array[],
): Uint8Array<ArrayBuffer> {
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/** True if the bytes at `at` are these characters. */
export function isText(bytes: Uint8Array, at: number, text: string): boolean {
  for (let n = 0; n < text.length; n++) {
    if (bytes[at + n] !== text.charCodeAt(n)) return false;
  }
  return true;
}

/** Returns a view for reading the numbers of a file. */
export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

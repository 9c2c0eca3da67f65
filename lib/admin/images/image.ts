import type { Result } from "@/lib/base/result.ts";
import type { PictureType } from "@/lib/model/picture.ts";

/** A picture whose file was read to its end. */
export interface Image {
  type: PictureType;
  width: number;
  height: number;
  /** The file without what does not draw: position, camera, comments, tails. */
  bytes: Uint8Array<ArrayBuffer>;
}

/** Why a file is no picture, as a part of a sentence: `ends too early`. */
export type NotAnImage = string;

export type ReadImage = Result<Image, NotAnImage>;

/** Joins pieces of a file. */
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

/** Whether the bytes at `at` are these characters. */
export function isText(bytes: Uint8Array, at: number, text: string): boolean {
  for (let n = 0; n < text.length; n++) {
    if (bytes[at + n] !== text.charCodeAt(n)) return false;
  }
  return true;
}

/** A look at the numbers of a file. */
export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

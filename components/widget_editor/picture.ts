import { err, ok, type Result } from "@/lib/base/result.ts";
import { PICTURE_BYTES_MAX } from "@/lib/model/picture.ts";

/** Pixels of each side: sharp on a card, also on dense screens. */
export const PICTURE_SIDE = 320;
/** Tried in turn until the bytes fit: a face needs no more. */
const QUALITIES = [0.86, 0.74, 0.6, 0.45];

export type PictureProblem = "unreadable" | "too-big";

/** The largest square of a picture: its middle, of an upright one the upper part,
 * where faces are. */
export function squareOf(
  width: number,
  height: number,
): { x: number; y: number; side: number } {
  const side = Math.min(width, height);
  const x = Math.round((width - side) / 2);
  const y = Math.round((height - side) / 4);
  return { x, y: height > width ? y : 0, side };
}

/** A file as a square of {@linkcode PICTURE_SIDE} px that the service takes. */
export async function preparePicture(
  file: Blob,
): Promise<Result<Blob, PictureProblem>> {
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(file);
  } catch {
    return err("unreadable");
  }
  const canvas = draw(bitmap);
  bitmap.close();
  for (const type of ["image/webp", "image/jpeg"]) {
    for (const quality of QUALITIES) {
      const blob = await encode(canvas, type, quality);
      if (blob?.type !== type) break; // Safari writes no WebP, but PNG instead.
      if (blob.size <= PICTURE_BYTES_MAX) return ok(blob);
    }
  }
  return err("too-big");
}

function draw(bitmap: ImageBitmap): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = PICTURE_SIDE;
  const context = canvas.getContext("2d");
  const { x, y, side } = squareOf(bitmap.width, bitmap.height);
  if (context !== null) {
    context.imageSmoothingQuality = "high";
    context.fillStyle = "#ffffff"; // JPEG has no transparency.
    context.fillRect(0, 0, PICTURE_SIDE, PICTURE_SIDE);
    const all = [0, 0, PICTURE_SIDE, PICTURE_SIDE] as const;
    context.drawImage(bitmap, x, y, side, side, ...all);
  }
  return canvas;
}

function encode(
  canvas: HTMLCanvasElement,
  type: string,
  quality: number,
): Promise<Blob | null> {
  return new Promise((done) => canvas.toBlob(done, type, quality));
}

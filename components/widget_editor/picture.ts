import { err, ok, type Result } from "@/lib/base/result.ts";
import { PICTURE_BYTES_MAX } from "@/lib/model/picture.ts";

/** Pixels of each side, which is sharp on a card even on high-density
 * screens. */
export const PICTURE_SIDE = 320;
/** Tried in turn until the picture is small enough; a face needs no more. */
const QUALITIES = [0.86, 0.74, 0.6, 0.45];

export type PictureProblem = "unreadable" | "too-big";

/** Returns the largest square of a picture: the middle, or the upper part of an
 * upright one, where faces are. */
export function squareOf(
  width: number,
  height: number,
): { x: number; y: number; side: number } {
  const side = Math.min(width, height);
  const x = Math.round((width - side) / 2);
  const y = Math.round((height - side) / 4);
  return { x, y: height > width ? y : 0, side };
}

/** Converts a file to a square of {@linkcode PICTURE_SIDE} px that the service
 * accepts. */
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

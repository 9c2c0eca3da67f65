import { err } from "@/lib/base/result.ts";
import { PICTURE_SIDE_MAX } from "@/lib/model/picture.ts";
import type { ReadImage } from "./image.ts";
import { isJpeg, readJpeg } from "./jpeg.ts";
import { isPng, readPng } from "./png.ts";
import { isWebp, readWebp } from "./webp.ts";

/**
 * Reads a picture by its bytes, regardless of its name or type: a still JPEG,
 * PNG or WebP of 1 to PICTURE_SIDE_MAX px, complete to its end. The returned
 * bytes contain only the picture, without any other data of the file.
 */
export function readImage(bytes: Uint8Array): ReadImage {
  const image = readAny(bytes);
  if (!image.ok) return image;
  const { width, height } = image.value;
  const sides = [width, height];
  if (sides.some((side) => side < 1 || side > PICTURE_SIDE_MAX)) {
    return err(`is ${width} x ${height} px`);
  }
  return image;
}

function readAny(bytes: Uint8Array): ReadImage {
  if (isPng(bytes)) return readPng(bytes);
  if (isJpeg(bytes)) return readJpeg(bytes);
  if (isWebp(bytes)) return readWebp(bytes);
  return err("is neither JPEG nor PNG nor WebP");
}

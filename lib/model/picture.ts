import * as v from "valibot";

/**
 * Maximum size of a picture. Deno KV stores values of up to 64 KiB; a square of
 * 320 px for a card needs a third of this.
 */
export const PICTURE_BYTES_MAX = 60_000;

export const PICTURE_TYPES = ["image/jpeg", "image/png", "image/webp"] as const;
export const PictureType = v.picklist(PICTURE_TYPES);
export type PictureType = v.InferOutput<typeof PictureType>;

/** SHA-256 of the bytes in 64 hex digits, so equal pictures are stored once. */
export const PictureId = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
export type PictureId = v.InferOutput<typeof PictureId>;

/** Maximum width and height of a picture, in px. */
export const PICTURE_SIDE_MAX = 1_024;

export const Picture = v.strictObject({
  id: PictureId,
  type: PictureType,
  bytes: v.instance(Uint8Array<ArrayBuffer>),
});
export type Picture = v.InferOutput<typeof Picture>;

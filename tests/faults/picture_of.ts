import { PORTRAITS } from "@/lib/admin/examples/portraits.ts";

const portrait = Uint8Array.from(
  atob(PORTRAITS.sales),
  (char) => char.charCodeAt(0),
);

/** A portrait with a number in its pixels: each is another picture. */
export function pictureOf(number: number): Uint8Array<ArrayBuffer> {
  const bytes = portrait.slice();
  new DataView(bytes.buffer).setUint32(bytes.length - 20, number);
  return bytes;
}

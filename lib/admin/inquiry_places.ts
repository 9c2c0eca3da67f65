import type { InquiryPlace } from "@/lib/store/inquiry_store.ts";

/** Returns the position of a message for the query of the next page. */
export function keyOf({ at, number }: InquiryPlace): string {
  return `${at}.${number}`;
}

/** Returns the position in a query; undefined for anything else. */
export function placeOf(key: string): InquiryPlace | undefined {
  const [, at, number] = /^(\d{1,15})\.([\w-]{1,20})$/.exec(key) ?? [];
  if (at === undefined || number === undefined) return undefined;
  return { at: Number(at), number };
}

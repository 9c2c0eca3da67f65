import { cut } from "@/lib/base/cut.ts";
import { PAGE_LIMITS } from "@/lib/protocol/visitor/page_limits.ts";

// The visitor's text is never cut. It stays, and Send says what is wrong.

/** The composer shows a counter if fewer characters than this are left. */
const COUNTED = 200;

export function isLongText(text: string): boolean {
  return text.trim().length > PAGE_LIMITS.textLength;
}

export function isLongName(name: string): boolean {
  return name.trim().length > PAGE_LIMITS.nameLength;
}

/** Shortens a name to what the service accepts. */
export function shortName(name: string): string {
  return cut(name.trim(), PAGE_LIMITS.nameLength);
}

/** True if the composer shows the length of the text. */
export function isCounted(text: string): boolean {
  return text.trim().length > PAGE_LIMITS.textLength - COUNTED;
}

import { sha256Hex } from "@/lib/store/sha256.ts";

/**
 * Returns the version of a consent text, with which a record identifies the
 * text that a visitor agreed to: the first 16 hex digits of the SHA-256 of its
 * UTF-8. Equal texts have equal versions. Undefined for an empty text.
 */
export function consentVersion(text: string): string | undefined {
  if (text === "") return undefined;
  return sha256Hex(text).slice(0, 16);
}

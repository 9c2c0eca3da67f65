import { createHash } from "node:crypto";

/**
 * Returns the version of a consent text, with which a record identifies the
 * text that a visitor agreed to: the first 16 hex digits of the SHA-256 of its
 * UTF-8. Equal texts have equal versions. Undefined for an empty text.
 */
export function consentVersion(text: string): string | undefined {
  if (text === "") return undefined;
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

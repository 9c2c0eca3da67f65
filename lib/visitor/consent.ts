import { createHash } from "node:crypto";

/**
 * Names a consent text, so that a record tells which one a visitor agreed to:
 * the first 16 hex digits of the SHA-256 of its UTF-8. The same text has the
 * same version, whoever computes it. Undefined for no text.
 */
export function consentVersion(text: string): string | undefined {
  if (text === "") return undefined;
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

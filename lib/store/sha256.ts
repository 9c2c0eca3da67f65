import { createHash } from "node:crypto";

/** Returns the SHA-256 of bytes, or of the UTF-8 of a text, in lower-case hex
 * digits. */
export function sha256Hex(data: string | Uint8Array): string {
  return createHash("sha256").update(data).digest("hex");
}

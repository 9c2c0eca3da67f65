import { createHash } from "node:crypto";

const LENGTH = 16;

/** Returns a name for a content: the start of its SHA-256, 64 bits as hex. */
export function hashOf(...parts: (string | Uint8Array)[]): string {
  const hash = createHash("sha256");
  for (const part of parts) {
    hash.update(`${part.length}:`); // "ab","c" is not "a","bc".
    hash.update(part);
  }
  return hash.digest("hex").slice(0, LENGTH);
}

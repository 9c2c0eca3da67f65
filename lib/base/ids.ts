/** Creates a widget's uuid: 32 hex digits, lower case. */
export function newUuid(): string {
  return crypto.randomUUID().replaceAll("-", "");
}

/**
 * Creates an unguessable secret of 256 bits in 64 hex digits, safe in a URL.
 */
export function newToken(): string {
  return crypto.getRandomValues(new Uint8Array(32)).toHex();
}

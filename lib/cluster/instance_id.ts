/** Creates the id of an instance: 64 random bits, so that no id comes back. */
export function newInstanceId(): string {
  return crypto.getRandomValues(new Uint8Array(8)).toHex();
}

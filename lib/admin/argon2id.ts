/** Cost of one hash. The names are WebCrypto's; memory is in KiB. */
export interface Argon2idCost {
  memory: number;
  passes: number;
  parallelism: number;
}

/**
 * Computes Argon2id, version 1.3 (RFC 9106), of a text in Unicode's form NFKC:
 * `length` bytes. The runtime does this on another thread, so calls and chats are
 * not delayed.
 */
export async function argon2id(
  text: string,
  cost: Argon2idCost,
  { salt, length }: { salt: Uint8Array<ArrayBuffer>; length: number },
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new TextEncoder().encode(text.normalize("NFKC"));
  const { memory, passes, parallelism } = cost;
  const name = "Argon2id";
  const algorithm = { name, nonce: salt, memory, passes, parallelism };
  const key = await crypto.subtle
    .importKey("raw", bytes, name, false, ["deriveBits"]);
  const bits = await crypto.subtle.deriveBits(algorithm, key, length * 8);
  return new Uint8Array(bits);
}

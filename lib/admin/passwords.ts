import { argon2id, argon2Verify } from "hash-wasm";

/**
 * Argon2id with the least memory that OWASP's Password Storage Cheat Sheet
 * accepts (19 MiB, 2 passes, 1 lane). It runs on the thread that serves calls and
 * chats: this takes it for about 50 ms, 64 MiB with 3 passes for over 200 ms.
 */
const PARAMETERS = {
  memorySize: 19_456, // KiB
  iterations: 2,
  parallelism: 1,
  hashLength: 32,
} as const;

/** What an unknown name is checked against, so that it costs the same work. */
let nobody: Promise<string> | undefined;

/** The hash of a password with its salt and parameters, as a PHC string. */
export async function hashPassword(password: string): Promise<string> {
  return await argon2id({
    ...PARAMETERS,
    password: password.normalize("NFKC"),
    salt: crypto.getRandomValues(new Uint8Array(16)),
    outputType: "encoded",
  });
}

/**
 * Whether `password` has this hash. Without a hash it is always wrong, and takes
 * as long as a wrong one.
 */
export async function isPassword(
  password: string,
  hash: string | undefined,
): Promise<boolean> {
  nobody ??= hashPassword(crypto.randomUUID());
  const against = hash ?? await nobody;
  const fits = await argon2Verify({
    password: password.normalize("NFKC"),
    hash: against,
  });
  return fits && hash !== undefined;
}

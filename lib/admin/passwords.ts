import { isSameSecret } from "@/lib/base/same_secret.ts";
import { argon2id, type Argon2idCost } from "./argon2id.ts";

/**
 * Argon2id (RFC 9106) with the lowest memory that OWASP's Password Storage
 * Cheat Sheet accepts: 19 MiB, 2 passes, 1 lane.
 */
const COST: Argon2idCost = { memory: 19_456, passes: 2, parallelism: 1 };
const SALT_BYTES = 16;
const HASH_BYTES = 32;
/** Maximum cost of a stored hash: 256 MiB, ten passes. */
const MOST: Argon2idCost = { memory: 262_144, passes: 10, parallelism: 8 };

interface Hashed {
  cost: Argon2idCost;
  salt: Uint8Array<ArrayBuffer>;
  hash: Uint8Array<ArrayBuffer>;
}

/** Hash for checks of unknown names, so that they take the same time. */
const NOBODY: Hashed = {
  cost: COST,
  salt: new Uint8Array(SALT_BYTES),
  hash: new Uint8Array(HASH_BYTES),
};

/** Returns the hash of a password with its salt and parameters, as a PHC
 * string. */
export async function hashPassword(password: string): Promise<string> {
  const salt = crypto.getRandomValues(new Uint8Array(SALT_BYTES));
  const hash = await argon2id(password, COST, { salt, length: HASH_BYTES });
  const { memory, passes, parallelism } = COST;
  const numbers = `m=${memory},t=${passes},p=${parallelism}`;
  return `$argon2id$v=19$${numbers}$${toBase64(salt)}$${toBase64(hash)}`;
}

/**
 * True if `password` has this hash. Without a hash it is always wrong, after
 * the time of a normal check. An invalid hash fits no password.
 */
export async function isPassword(
  password: string,
  hash: string | undefined,
): Promise<boolean> {
  const known = hash === undefined ? NOBODY : parse(hash);
  if (known === undefined) return false;
  const { cost, salt, hash: expected } = known;
  const { length } = expected;
  const found = await argon2id(password, cost, { salt, length });
  return isSameSecret(toBase64(found), toBase64(expected)) &&
    hash !== undefined;
}

/** Parses a PHC string that {@linkcode hashPassword} has created, or another
 * Argon2id within {@linkcode MOST}. */
function parse(phc: string): Hashed | undefined {
  const parts =
    /^\$argon2id\$v=19\$m=(\d{1,9}),t=(\d{1,9}),p=(\d{1,9})\$([\w+/-]{11,86})\$([\w+/-]{22,86})$/
      .exec(phc);
  if (parts === null) return undefined;
  const [memory = 0, passes = 0, parallelism = 0] = parts.slice(1, 4)
    .map(Number);
  const fits = memory <= MOST.memory && passes <= MOST.passes &&
    parallelism <= MOST.parallelism && passes > 0 && parallelism > 0 &&
    memory >= 8 * parallelism;
  const [salt, hash] = parts.slice(4).map(fromBase64);
  if (!fits || salt === undefined || hash === undefined) return undefined;
  return { cost: { memory, passes, parallelism }, salt, hash };
}

function toBase64(bytes: Uint8Array): string {
  return bytes.toBase64({ omitPadding: true });
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.fromBase64(text);
  } catch {
    return undefined;
  }
}

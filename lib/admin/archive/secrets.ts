import * as v from "valibot";
import { err, ok, type Result } from "@/lib/base/result.ts";
import { HashedToken } from "@/lib/store/api_token_store.ts";
import { argon2id, type Argon2idCost } from "../argon2id.ts";
import { PushKey } from "./push_key.ts";
import type { SealedSecrets } from "./line.ts";

/** The secrets of an archive. */
export const Secrets = v.strictObject({
  /** By account. */
  passwordHashes: v.record(v.string(), v.string()),
  /** Password of the App object on the PBX, if it is stored. */
  appPassword: v.exactOptional(v.string()),
  /** The key of push notifications, if agents use them. */
  pushKey: v.exactOptional(PushKey),
  /** The tokens of programs, with the hashes of their secrets. */
  apiTokens: v.exactOptional(v.array(HashedToken)),
});
export type Secrets = v.InferOutput<typeof Secrets>;

export const PASSPHRASE_LENGTH_MIN = 12;

/**
 * Argon2id as RFC 9106 recommends for little memory: 64 MiB, 3 passes. An
 * archive is stored for years, and opening it may take a while.
 */
const COST: Argon2idCost = { memory: 65_536, passes: 3, parallelism: 1 };
const KEY_BYTES = 32;

/** Encrypts with a passphrase: AES-256-GCM, a new salt and nonce each time. */
export async function seal(
  secrets: Secrets,
  passphrase: string,
): Promise<SealedSecrets> {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const text = new TextEncoder().encode(JSON.stringify(secrets));
  const key = await keyOf(passphrase, salt);
  const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, text);
  return {
    salt: salt.toBase64(),
    iv: iv.toBase64(),
    data: new Uint8Array(data).toBase64(),
  };
}

/** Decrypts the output of `seal`; detects a wrong passphrase or a changed
 * byte. */
export async function unseal(
  { salt, iv, data }: SealedSecrets,
  passphrase: string,
): Promise<Result<Secrets, "wrong passphrase">> {
  const key = await keyOf(passphrase, Uint8Array.fromBase64(salt));
  const nonce = { name: "AES-GCM", iv: Uint8Array.fromBase64(iv) };
  try {
    const bytes = Uint8Array.fromBase64(data);
    const text = await crypto.subtle.decrypt(nonce, key, bytes);
    return ok(v.parse(Secrets, JSON.parse(new TextDecoder().decode(text))));
  } catch {
    return err("wrong passphrase");
  }
}

async function keyOf(
  passphrase: string,
  salt: Uint8Array<ArrayBuffer>,
): Promise<CryptoKey> {
  const raw = await argon2id(passphrase, COST, { salt, length: KEY_BYTES });
  const uses: KeyUsage[] = ["encrypt", "decrypt"];
  return await crypto.subtle.importKey("raw", raw, "AES-GCM", false, uses);
}

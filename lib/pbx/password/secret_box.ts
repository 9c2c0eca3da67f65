import { err, ok, type Result } from "@/lib/base/result.ts";

const KEY_BYTES = 32;
const NONCE_BYTES = 12;

/** Encrypts small secrets at rest with the service's key (AES-256-GCM), and
 * signs texts with a key that is derived from it (HMAC-SHA-256). */
export class SecretBox {
  readonly #key: CryptoKey;
  readonly #signingKey: CryptoKey;

  private constructor(key: CryptoKey, signingKey: CryptoKey) {
    this.#key = key;
    this.#signingKey = signingKey;
  }

  /** Creates a box with a key of 32 bytes. */
  static async #withKey(bytes: Uint8Array<ArrayBuffer>): Promise<SecretBox> {
    const usages: KeyUsage[] = ["encrypt", "decrypt"];
    const key = await crypto.subtle.importKey(
      "raw",
      bytes,
      "AES-GCM",
      false,
      usages,
    );
    return new SecretBox(key, await signingKeyOf(bytes));
  }

  /** Creates a box whose key is derived from a text of any length in the
   * environment. */
  static async withText(text: string): Promise<SecretBox> {
    const bytes = new TextEncoder().encode(`contact-widgets:${text}`);
    const hash = await crypto.subtle.digest("SHA-256", bytes);
    return await SecretBox.#withKey(new Uint8Array(hash));
  }

  /** A box with the key in a file, which is made when it is missing, readable
   * by its owner alone. Rejects like `fromKeyFile`. */
  static async withKeyFile(path: string): Promise<SecretBox> {
    const fresh = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
    try {
      await writeNew(path, fresh);
    } catch (error) {
      if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
      const box = await SecretBox.fromKeyFile(path);
      // A copy that was restored may be readable by others.
      await Deno.chmod(path, 0o600).catch(() => {});
      if (box !== undefined) return box;
    }
    return await SecretBox.#withKey(fresh);
  }

  /** A box with the key in a file; undefined if there is none. Rejects with a
   * sentence for the operator if the file is not a key or cannot be read. */
  static async fromKeyFile(path: string): Promise<SecretBox | undefined> {
    const bytes = await Deno.readFile(path).catch((cause) => {
      if (cause instanceof Deno.errors.NotFound) return undefined;
      throw new Error(`The key file cannot be read: ${cause.message}`, {
        cause,
      });
    });
    if (bytes === undefined) return undefined;
    if (bytes.length === KEY_BYTES) return await SecretBox.#withKey(bytes);
    throw new RangeError(
      `The key file ${path} has ${bytes.length} bytes and must have ` +
        `${KEY_BYTES}: restore it, or delete it and enter the App password again`,
    );
  }

  /** Returns the encrypted secret as base64, different each time. */
  async seal(secret: string): Promise<string> {
    const iv = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
    const bytes = new TextEncoder().encode(secret);
    const sealed = await crypto.subtle.encrypt(
      { name: "AES-GCM", iv },
      this.#key,
      bytes,
    );
    return new Uint8Array([...iv, ...new Uint8Array(sealed)]).toBase64();
  }

  /** Returns the signature of a text: 32 bytes. */
  async sign(text: string): Promise<Uint8Array> {
    const bytes = new TextEncoder().encode(text);
    return new Uint8Array(
      await crypto.subtle.sign("HMAC", this.#signingKey, bytes),
    );
  }

  /** Decrypts a secret; returns `unreadable` for another key or a changed
   * text. */
  async open(sealed: string): Promise<Result<string, "unreadable">> {
    try {
      const bytes = Uint8Array.fromBase64(sealed);
      const iv = bytes.slice(0, NONCE_BYTES);
      const data = bytes.slice(NONCE_BYTES);
      const secret = await crypto.subtle.decrypt(
        { name: "AES-GCM", iv },
        this.#key,
        data,
      );
      return ok(new TextDecoder().decode(secret));
    } catch {
      return err("unreadable");
    }
  }
}

/** Derives the key for signatures, which reveals nothing of the other one. */
async function signingKeyOf(
  bytes: Uint8Array<ArrayBuffer>,
): Promise<CryptoKey> {
  const base = await crypto.subtle.importKey("raw", bytes, "HKDF", false, [
    "deriveKey",
  ]);
  return await crypto.subtle.deriveKey(
    {
      name: "HKDF",
      hash: "SHA-256",
      salt: new Uint8Array(),
      info: new TextEncoder().encode("contact-widgets signatures"),
    },
    base,
    { name: "HMAC", hash: "SHA-256", length: 256 },
    false,
    ["sign"],
  );
}

/** Creates a file. If it cannot be written, none is left: an empty key file
 * would keep the service from starting after space was made. */
async function writeNew(path: string, bytes: Uint8Array): Promise<void> {
  using file = await Deno.open(path, {
    write: true,
    createNew: true,
    mode: 0o600,
  });
  try {
    for (let at = 0; at < bytes.length;) {
      at += await file.write(bytes.subarray(at));
    }
    await file.sync();
  } catch (error) {
    await Deno.remove(path);
    throw error;
  }
}

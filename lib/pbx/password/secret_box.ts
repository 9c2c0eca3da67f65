import { err, ok, type Result } from "@/lib/base/result.ts";

const KEY_BYTES = 32;
const NONCE_BYTES = 12;

/** Keeps small secrets unreadable at rest: AES-256-GCM with a key of the house. */
export class SecretBox {
  readonly #key: CryptoKey;

  private constructor(key: CryptoKey) {
    this.#key = key;
  }

  /** A box with a key of 32 bytes. Throws a RangeError for any other length. */
  static async withKey(bytes: Uint8Array<ArrayBuffer>): Promise<SecretBox> {
    if (bytes.length !== KEY_BYTES) {
      throw new RangeError(
        `Cannot use a key of ${bytes.length} bytes: 32 needed`,
      );
    }
    const usages: KeyUsage[] = ["encrypt", "decrypt"];
    const key = await crypto.subtle.importKey(
      "raw",
      bytes,
      "AES-GCM",
      false,
      usages,
    );
    return new SecretBox(key);
  }

  /** A box whose key is made of a text of the environment, however long. */
  static async withText(text: string): Promise<SecretBox> {
    const bytes = new TextEncoder().encode(`contact-widgets:${text}`);
    const hash = await crypto.subtle.digest("SHA-256", bytes);
    return await SecretBox.withKey(new Uint8Array(hash));
  }

  /** A box with the key in a file, which is made when it is missing, readable
   * by its owner alone. */
  static async withKeyFile(path: string): Promise<SecretBox> {
    const fresh = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
    try {
      const options = { createNew: true, mode: 0o600 };
      await Deno.writeFile(path, fresh, options);
      return await SecretBox.withKey(fresh);
    } catch (error) {
      if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
      return await SecretBox.withKey(await Deno.readFile(path));
    }
  }

  /** The secret as base64, different each time. */
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

  /** The secret again; `unreadable` with another key or a changed text. */
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

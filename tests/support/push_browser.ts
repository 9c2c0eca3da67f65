import { Buffer } from "node:buffer";
import {
  createDecipheriv,
  createECDH,
  hkdfSync,
  randomBytes,
} from "node:crypto";

/** A browser with one push subscription, which decrypts what it gets
 * (RFC 8291). */
export class PushBrowser {
  readonly #ecdh = createECDH("prime256v1");
  readonly #auth = randomBytes(16);

  constructor() {
    this.#ecdh.generateKeys();
  }

  get keys(): { p256dh: string; auth: string } {
    return {
      p256dh: this.#ecdh.getPublicKey("base64url"),
      auth: this.#auth.toString("base64url"),
    };
  }

  /** Returns the text of a push. Throws if it is not for this browser. */
  decrypt(body: Uint8Array): string {
    const bytes = Buffer.from(body);
    const salt = bytes.subarray(0, 16);
    const keyLength = bytes[20] ?? 0;
    const sender = bytes.subarray(21, 21 + keyLength);
    const own = this.#ecdh.getPublicKey();
    const info = Buffer.concat([Buffer.from("WebPush: info\0"), own, sender]);
    const shared = this.#ecdh.computeSecret(sender);
    const input = derive(shared, this.#auth, info, 32);
    const key = derive(input, salt, label("aes128gcm"), 16);
    const nonce = derive(input, salt, label("nonce"), 12);
    const sealed = bytes.subarray(21 + keyLength);
    const decipher = createDecipheriv("aes-128-gcm", key, nonce);
    decipher.setAuthTag(sealed.subarray(-16));
    const record = Buffer.concat([
      decipher.update(sealed.subarray(0, -16)),
      decipher.final(),
    ]);
    const end = record.lastIndexOf(2);
    return record.subarray(0, end).toString();
  }
}

function label(name: string): Buffer {
  return Buffer.from(`Content-Encoding: ${name}\0`);
}

function derive(
  input: Uint8Array,
  salt: Uint8Array,
  info: Uint8Array,
  bytes: number,
): Buffer {
  return Buffer.from(hkdfSync("sha256", input, salt, info, bytes));
}

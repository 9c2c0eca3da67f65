import { Buffer } from "node:buffer";
import { createCipheriv, createECDH, hkdfSync, randomBytes } from "node:crypto";

/** The keys of a browser's subscription, in base64url. */
export interface BrowserKeys {
  p256dh: string;
  auth: string;
}

/** The sender's part of one message; random, except in tests. */
export interface SenderPart {
  privateKey: Uint8Array;
  salt: Uint8Array;
}

const CURVE = "prime256v1";
const RECORD_BYTES = 4_096;
/** Marks the end of the text in the last record (RFC 8188, 2). */
const LAST_RECORD = 2;
const TAG_BYTES = 16;

/**
 * Encrypts a text for one browser, as RFC 8291 says (`aes128gcm`). The push
 * service sees neither the text nor its length, because each text is padded to
 * `bytes`.
 *
 * The package `web-push` has the licence MPL-2.0, which tools/audit.ts doesn't
 * allow for what is shipped, and brings 16 more packages.
 *
 * Throws if the browser's key is not a point of the curve, or the text is too
 * long.
 */
export function encryptFor(
  { p256dh, auth }: BrowserKeys,
  text: string,
  bytes: number,
  part: SenderPart = newPart(),
): Uint8Array<ArrayBuffer> {
  const record = padded(text, bytes);
  const ecdh = createECDH(CURVE);
  ecdh.setPrivateKey(part.privateKey);
  const own = ecdh.getPublicKey();
  const theirs = Buffer.from(p256dh, "base64url");
  const shared = ecdh.computeSecret(theirs);
  const info = Buffer.concat([Buffer.from("WebPush: info\0"), theirs, own]);
  const input = derive(shared, Buffer.from(auth, "base64url"), info, 32);
  const key = derive(input, part.salt, coded("aes128gcm"), 16);
  const nonce = derive(input, part.salt, coded("nonce"), 12);
  const cipher = createCipheriv("aes-128-gcm", key, nonce);
  const sealed = Buffer.concat([
    cipher.update(record),
    cipher.final(),
    cipher.getAuthTag(),
  ]);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(RECORD_BYTES);
  const head = [part.salt, size, Buffer.from([own.length]), own];
  return new Uint8Array(Buffer.concat([...head, sealed]));
}

function newPart(): SenderPart {
  const ecdh = createECDH(CURVE);
  ecdh.generateKeys();
  return { privateKey: ecdh.getPrivateKey(), salt: randomBytes(16) };
}

function coded(name: string): Buffer {
  return Buffer.from(`Content-Encoding: ${name}\0`);
}

function padded(text: string, bytes: number): Buffer {
  const content = Buffer.from(text);
  const length = Math.max(bytes, content.length) + 1;
  if (content.length > bytes || length + TAG_BYTES > RECORD_BYTES) {
    throw new RangeError(
      `Cannot push ${content.length} bytes: the limit is ${bytes}`,
    );
  }
  const record = Buffer.alloc(length);
  content.copy(record);
  record[content.length] = LAST_RECORD;
  return record;
}

function derive(
  input: Uint8Array,
  salt: Uint8Array,
  info: Uint8Array,
  bytes: number,
): Buffer {
  return Buffer.from(hkdfSync("sha256", input, salt, info, bytes));
}

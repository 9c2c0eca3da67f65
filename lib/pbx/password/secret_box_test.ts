import { deepEqual, equal } from "node:assert/strict";
import {
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
} from "node:crypto";
import { SecretBox } from "./secret_box.ts";

/** The key of a box with the text "key", as every version derives it. */
const KEY = createHash("sha256").update("contact-widgets:key").digest();

Deno.test("SecretBox signs as every other version does", async () => {
  const box = await SecretBox.withText("key");
  const info = "contact-widgets signatures";
  const signingKey = new Uint8Array(hkdfSync("sha256", KEY, "", info, 32));

  const signature = await box.sign("challenge 1");

  const expected = createHmac("sha256", signingKey).update("challenge 1");
  deepEqual(signature, new Uint8Array(expected.digest()));
});

Deno.test("SecretBox seals a secret so that every other version can open it", async () => {
  const box = await SecretBox.withText("key");

  const sealed = Uint8Array.fromBase64(await box.seal("secret"));

  const decipher = createDecipheriv("aes-256-gcm", KEY, sealed.slice(0, 12));
  decipher.setAuthTag(sealed.slice(-16));
  equal(decipher.update(sealed.slice(12, -16), undefined, "utf8"), "secret");
  equal(decipher.final("utf8"), "");
  deepEqual(await box.open(sealed.toBase64()), { ok: true, value: "secret" });
});

Deno.test("SecretBox opens nothing that was changed, or sealed with another key", async () => {
  const box = await SecretBox.withText("key");
  const other = await SecretBox.withText("other");
  const sealed = await box.seal("secret");
  const changed = Uint8Array.fromBase64(sealed);
  changed[12] = 255 - (changed[12] ?? 0);

  const results = [
    await other.open(sealed),
    await box.open(changed.toBase64()),
    await box.open("not base64!"),
    await box.open(""),
  ];

  deepEqual(results, Array(4).fill({ ok: false, error: "unreadable" }));
});

import { equal, notDeepEqual, throws } from "node:assert/strict";
import { Buffer } from "node:buffer";
import { PushBrowser } from "@/tests/support/push_browser.ts";
import { encryptFor } from "./encrypt.ts";

/** RFC 8291, Appendix A. */
const EXAMPLE = {
  text: "When I grow up, I want to be a watermelon",
  keys: {
    p256dh:
      "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
    auth: "BTBZMqHH6r4Tts7J_aSIgg",
  },
  privateKey: "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw",
  salt: "DGv6ra1nlYgDCS1FRnbzlw",
  body:
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN",
};

Deno.test("[PUSH2] encryptFor() returns the bytes of the example in RFC 8291", () => {
  const bytes = encryptFor(EXAMPLE.keys, EXAMPLE.text, EXAMPLE.text.length, {
    privateKey: Buffer.from(EXAMPLE.privateKey, "base64url"),
    salt: Buffer.from(EXAMPLE.salt, "base64url"),
  });

  equal(Buffer.from(bytes).toString("base64url"), EXAMPLE.body);
});

Deno.test("[PUSH2] only the browser can decrypt a push, whose length says nothing", () => {
  const browser = new PushBrowser();
  const other = new PushBrowser();
  const { keys } = browser;

  const short = encryptFor(keys, "a", 200);
  const long = encryptFor(keys, "é".repeat(100), 200);
  const again = encryptFor(keys, "a", 200);

  equal(browser.decrypt(short), "a");
  equal(browser.decrypt(long), "é".repeat(100));
  equal(short.length, long.length);
  notDeepEqual(short, again);
  throws(() => other.decrypt(short));
});

Deno.test("[PUSH2] encryptFor() throws for a text over its limit, and for a key that isn't on the curve", () => {
  const { keys } = new PushBrowser();
  const wrong = Buffer.alloc(65, 7);
  wrong[0] = 4;

  throws(() => encryptFor(keys, "é".repeat(101), 200), RangeError);
  // A record has 4,096 bytes, of which 17 are the mark of its end and the tag.
  equal(encryptFor(keys, "a", 4_079).length, 86 + 4_096);
  throws(() => encryptFor(keys, "a", 4_080), RangeError);
  throws(() =>
    encryptFor({ ...keys, p256dh: wrong.toString("base64url") }, "a", 200)
  );
});

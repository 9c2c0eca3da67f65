import { deepEqual, equal } from "node:assert/strict";
import { phoneOf, replyKind } from "./reply_address.ts";

Deno.test("replyKind() recognizes e-mail addresses and telephone numbers, and nothing else", () => {
  const kinds: [string, ReturnType<typeof replyKind>][] = [
    ["ada@example.com", "email"],
    ["ada+shop@mail.example.co.uk", "email"],
    ["jürgen@müller.example", "email"],
    ["+49 (7031) 73009-0", "phone"],
    ["07031/73009", "phone"],
    ["٠٧٠٣١٧٣٠٠٩", "phone"],
    ["۰۷۰۳۱۷۳۰۰۹", "phone"],
    ["", undefined],
    ["ada", undefined],
    ["ada@localhost", undefined],
    ["ada@example.com, eve@example.com", undefined],
    ["ada@example.com\nBcc: eve@example.com", undefined],
    ["<ada@example.com>", undefined],
    ["ada@@example.com", undefined],
    ["12", undefined],
    ["call me", undefined],
    ["+49 7031 x", undefined],
  ];

  for (const [text, kind] of kinds) equal(replyKind(text), kind, text);
});

Deno.test("phoneOf() returns digits that devices can dial", () => {
  deepEqual(
    ["+49 7031", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "＋４９"].map(phoneOf),
    ["+49 7031", "0123456789", "0123456789", "+49"],
  );
});

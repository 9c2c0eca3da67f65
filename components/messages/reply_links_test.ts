import { equal, match, ok } from "node:assert/strict";
import { replyHref } from "./reply_links.ts";

const WORDS = {
  subject: "Your message & more",
  quoted: "On Monday, you wrote:",
};
const hrefOf = (reply: string, text = "Please call") =>
  replyHref({ reply, text }, WORDS);

Deno.test("replyHref() quotes the text in an e-mail, and adds no recipient or header", () => {
  const link = hrefOf(
    "a?bcc=eve@example.com",
    "One\n&bcc=eve@example.com#\r\nTwo",
  );

  equal(link?.kind, "email");
  const url = new URL(link?.href ?? "");
  equal(decodeURIComponent(url.pathname), "a?bcc=eve@example.com");
  equal([...url.searchParams.keys()].join(), "subject,body");
  equal(url.searchParams.get("subject"), WORDS.subject);
  match(
    url.searchParams.get("body") ?? "",
    /^\r\n\r\nOn Monday, you wrote:\r\n> One\r\n> &bcc=eve/,
  );
});

Deno.test("replyHref() calls a telephone number, however it is written", () => {
  equal(hrefOf("+49 (7031) 730-09")?.href, "tel:+49703173009");
  equal(hrefOf("٠٧٠٣١ ٧٣٠٠٩")?.href, "tel:0703173009");
  equal(hrefOf("call me"), undefined);
});

Deno.test("replyHref() quotes as much of a long text as browsers on Windows open, in any script", () => {
  for (const character of ["a", " ", "ä", "ع", "日", "😀", "\n"]) {
    const text = character.repeat(4_000);
    const href = hrefOf("jonas@example.com", text)?.href ?? "";

    ok(href.length <= 2_000, `${character}: ${href.length}`);
    ok(href.length > 1_960, `${character}: ${href.length}`);
    match(decodeURIComponent(href), / …$/);
  }
});

Deno.test("replyHref() replaces halves of surrogate pairs that are in the store", () => {
  const half = hrefOf("jonas@example.com", "a\ud83d");

  match(half?.href ?? "", /a%EF%BF%BD$/);
});

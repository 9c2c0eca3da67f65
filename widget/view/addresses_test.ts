import { deepEqual, equal } from "node:assert/strict";
import { initials, mail, page, telephone } from "./addresses.ts";

Deno.test("telephone() normalizes the usual notations of a number", () => {
  const numbers = [
    ["+49 (0)30 12 34-5", "tel:+493012345"],
    ["030 / 123", "tel:030123"],
    ["(0)30 123", "tel:030123"],
    ["*21#", "tel:*21#"],
  ] as const;
  for (const [number, link] of numbers) equal(telephone(number), link);
});

Deno.test("mail() turns an address into exactly one recipient", () => {
  equal(mail("a.b@example.com"), "mailto:a.b@example.com");
  equal(mail("a?bcc=x@example.com"), "mailto:a%3Fbcc%3Dx@example.com");
});

Deno.test("page() accepts only http and https addresses", () => {
  equal(page("https://example.com/a"), "https://example.com/a");
  deepEqual(
    ["javascript:alert(1)", "data:x", "//x", ""].map(page),
    Array(4).fill(undefined),
  );
});

Deno.test("initials() works for any name", () => {
  const names = [["Ada Lovelace", "AL"], ["support", "S"], ["", ""], [
    "李 小龙",
    "李小",
  ], ["éric-émile b", "ÉB"]] as const;
  for (const [name, letters] of names) equal(initials(name), letters);
});

import { deepEqual } from "node:assert/strict";
import { pieces } from "./links.ts";

const links = (text: string) =>
  pieces(text).filter(({ type }) => type === "link").map(({ text }) => text);

Deno.test("pieces() finds web addresses, without the sentence around them", () => {
  const texts: [string, string[]][] = [
    ["See https://example.com/a?b=1#c.", ["https://example.com/a?b=1#c"]],
    ["(http://example.com/x)", ["http://example.com/x"]],
    ["no link: example.com, javascript:alert(1)", []],
    ["https://a.example https://b.example", [
      "https://a.example",
      "https://b.example",
    ]],
  ];
  for (const [text, expected] of texts) deepEqual(links(text), expected);
});

Deno.test("pieces() together are the text", () => {
  for (const text of ["", "a", "a https://b.example, c", "https://"]) {
    deepEqual(pieces(text).map((piece) => piece.text).join(""), text);
  }
});

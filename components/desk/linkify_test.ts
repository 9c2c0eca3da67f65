import { deepEqual, equal } from "node:assert/strict";
import { linkify } from "./linkify.ts";

const links = (text: string) =>
  linkify(text).flatMap((part) => part.type === "link" ? [part.text] : []);

Deno.test("linkify() finds addresses without the sentence around them", () => {
  const cases: [string, string[]][] = [
    ["nothing here", []],
    ["see https://example.com.", ["https://example.com"]],
    ["(http://a.example/b?c=d&e=f)", ["http://a.example/b?c=d&e=f"]],
    ["https://a.example/x_(y) ok", ["https://a.example/x_(y)"]],
    ["https://a.example, https://b.example!", [
      "https://a.example",
      "https://b.example",
    ]],
    ["javascript:alert(1) data:text/html,x", []],
    ['<a href="https://a.example">', ["https://a.example"]],
    ["https://", []],
  ];

  const found = cases.map(([text]) => links(text));

  deepEqual(found, cases.map(([, expected]) => expected));
});

Deno.test("linkify() keeps every character", () => {
  const text = "Zeile 1\nhttps://example.com/ä?b=<c> ענה https://x.example…";

  const joined = linkify(text).map((part) => part.text).join("");

  equal(joined, text);
});

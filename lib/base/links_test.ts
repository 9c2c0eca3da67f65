import { deepEqual, equal, ok } from "node:assert/strict";
import { findLinks } from "./links.ts";

const links = (text: string) =>
  findLinks(text).flatMap((part) => part.type === "link" ? [part.text] : []);

Deno.test("findLinks() excludes the punctuation around an address", () => {
  const cases: [string, string[]][] = [
    ["nothing here, nor at example.com", []],
    ["See https://example.com/a?b=1#c.", ["https://example.com/a?b=1#c"]],
    ["(http://a.example/b?c=d&e=f)", ["http://a.example/b?c=d&e=f"]],
    ["https://a.example, https://b.example!", [
      "https://a.example",
      "https://b.example",
    ]],
    ["“https://a.example/”, 'https://b.example'.", [
      "https://a.example/",
      "https://b.example",
    ]],
    ['<a href="https://a.example">', ["https://a.example"]],
    ["**https://a.example**", ["https://a.example"]],
    ["HTTPS://A.example/X", ["HTTPS://A.example/X"]],
    ["https:// http://. https://[", []],
    ["请看https://a.example/x，谢谢。", ["https://a.example/x"]],
    ["siehe https://müller.example/straße…", [
      "https://müller.example/straße",
    ]],
  ];

  const found = cases.map(([text]) => links(text));

  deepEqual(found, cases.map(([, expected]) => expected));
});

Deno.test("findLinks() keeps a bracket opened inside the address", () => {
  const cat = "https://de.wikipedia.org/wiki/Katze_(Tier)";
  const cases: [string, string[]][] = [
    [`${cat} please`, [cat]],
    [`(${cat})`, [cat]],
    [`(see ${cat}).`, [cat]],
    ["https://a.example/x_(y)_(z)", ["https://a.example/x_(y)_(z)"]],
    ["https://a.example/x_(y))]", ["https://a.example/x_(y)"]],
    ["https://a.example/?a[]=1&b[0]", ["https://a.example/?a[]=1&b[0]"]],
    ["[https://a.example/]", ["https://a.example/"]],
  ];

  const found = cases.map(([text]) => links(text));

  deepEqual(found, cases.map(([, expected]) => expected));
});

Deno.test("findLinks() links http and https only", () => {
  const text =
    "javascript:alert(1) data:text/html,x file:///etc ftp://a.example";

  deepEqual(findLinks(text), [{ type: "text", text }]);
  deepEqual(findLinks("https://a.example"), [
    { type: "link", text: "https://a.example", href: "https://a.example/" },
  ]);
});

Deno.test("findLinks() ends an address at a bidirectional control character", () => {
  deepEqual(links("https://a.example/\u202egpj.exe"), ["https://a.example/"]);
});

Deno.test("findLinks() handles 400,000 characters of worst-case text in time", () => {
  const length = 400_000;
  const worst = [
    "https://a.example/" + ")".repeat(length) + "x",
    "https://a.example/" + ".".repeat(length),
    "https://a.example/" + ".)".repeat(length / 2) + "x",
    "https://a.example/" + "(".repeat(length / 2) + ")".repeat(length / 2),
    "https://a.example/" + "a".repeat(length),
    "https://".repeat(length / 8),
    "https://a.b. ".repeat(length / 13),
    "http".repeat(length / 4),
    "https://[".repeat(length / 9),
    "https://a.example/" + "](".repeat(length / 2) + "!",
    " \n".repeat(length / 2),
  ];

  for (const text of worst) {
    const since = performance.now();
    const parts = findLinks(text);
    const ms = performance.now() - since;

    const sample = text.slice(0, 40);
    equal(parts.map((part) => part.text).join(""), text, sample);
    ok(ms < 2_000, `${sample}: ${Math.round(ms)} ms`);
  }
});

Deno.test("findLinks() keeps every character", () => {
  const text = "Zeile 1\nhttps://example.com/ä?b=<c> ענה https://x.example…";

  equal(findLinks(text).map((part) => part.text).join(""), text);
});

import { equal, ok } from "node:assert/strict";
import { property } from "@/tests/support/chance.ts";
import { htmlToText, textToHtml } from "./html.ts";

Deno.test("[P30] htmlToText() gives what a reader sees", () => {
  const cases: [string, string][] = [
    ["Hallo", "Hallo"],
    ["<p>Guten Tag</p><p>Zeile 2</p>", "Guten Tag\nZeile 2"],
    ["a<br>b<br/>c<BR />d", "a\nb\nc\nd"],
    ["<div><b>fett</b> &amp; <i>schr&auml;g</i></div>", "fett & schräg"],
    ["5 &lt; 6 &gt; 4 &quot;x&quot; &#39;y&#x27;", "5 < 6 > 4 \"x\" 'y'"],
    ["<ul><li>eins</li><li>zwei</li></ul>", "eins\nzwei"],
    [
      '<a href="https://example.com/a?b=1&amp;c=2">Preise</a>',
      "Preise (https://example.com/a?b=1&c=2)",
    ],
    [
      "<a href='https://example.com/'>https://example.com</a>",
      "https://example.com",
    ],
    ['<a href="mailto:a@b.de">a@b.de</a>', "a@b.de"],
    ['<a href="javascript:alert(1)">klick</a>', "klick"],
    ['<img src="x" alt="Logo" onerror="alert(1)">', "Logo"],
    ["<script>alert(1)</script>da", "da"],
    ["<style>p{}</style><head><title>x</title></head>da", "da"],
    ["<!-- <b>nicht</b> -->da<!-- offen", "da"],
    ['<b title="a>b">x</b>', "x"],
    ["1 < 2 und <3", "1 < 2 und <3"],
    ["a &unknown; &valueOf; &#0; &#xd800; b", "a &unknown; &valueOf; b"],
    ["  viel \n  Raum\t", "viel Raum"],
    ["<script>endlos", ""],
    ["&lt;b&gt;Text&lt;/b&gt;", "<b>Text</b>"],
  ];
  for (const [html, text] of cases) {
    equal(htmlToText(html).replace(/ {2,}/g, " "), text, html);
  }
});

Deno.test("[P30] textToHtml() leaves no hole, and htmlToText() gives it back", () => {
  property(500, (chance) => {
    const parts = [
      "<",
      ">",
      "&",
      '"',
      "'",
      "&lt;",
      "<script>",
      "ä😀",
      "x",
      " y",
      "\n",
      "]]>",
      "&#60;",
      "`",
    ];
    const text = Array.from(
      { length: chance.below(20) },
      () => parts[chance.below(parts.length)],
    )
      .join("").trim().replace(/\n{3,}/g, "\n\n").replace(/ *\n */g, "\n")
      .replace(/ +/g, " ");

    const html = textToHtml(text);

    ok(!/<(?!br>)/.test(html));
    ok(!/["'>]/.test(html.replaceAll("<br>", "")));
    equal(htmlToText(html), text);
  });
});

Deno.test("[P30] htmlToText() takes any text, quickly", () => {
  property(200, (chance) => {
    const parts = [
      "<",
      "</",
      ">",
      "<a href=",
      '"',
      "'",
      "<!--",
      "-->",
      "&",
      "&#",
      ";",
      "<p ",
      "script>",
      "=",
      " ",
      "x",
    ];
    const html = Array.from(
      { length: 200 },
      () => parts[chance.below(parts.length)],
    ).join("");

    equal(typeof htmlToText(html), "string");
  });
  const started = performance.now();
  htmlToText("<a ".repeat(100_000));
  htmlToText("<a b='".repeat(50_000));
  htmlToText("<!--".repeat(50_000));
  ok(performance.now() - started < 2_000);
});

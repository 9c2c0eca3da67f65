import { equal } from "node:assert/strict";
import { escapeHidden, manyLines, oneLine } from "./plain_text.ts";

const HIDDEN = [
  ...["\u0000", "\u0007", "\u001b", "\u007f", "\u0080", "\u009b"],
  ...["\u202a", "\u202b", "\u202c", "\u202d", "\u202e"],
  ...["\u2066", "\u2067", "\u2068", "\u2069"],
];
const LINE_ENDS = [
  "\n",
  "\r",
  "\r\n",
  "\v",
  "\f",
  "\u0085",
  "\u2028",
  "\u2029",
];

Deno.test("oneLine() removes hidden characters and turns line breaks into spaces", () => {
  for (const hidden of HIDDEN) equal(oneLine(`a${hidden}b`), "ab");
  for (const end of [...LINE_ENDS, "\t"]) {
    equal(oneLine(`a${end}b${end}`), "a b");
  }
});

Deno.test("oneLine() returns an empty string for an invisible name", () => {
  const shapeless = [
    "\u3164",
    "\u200b\u2060",
    "\u180e",
    "\ufff9\ufffb",
    "\ufeff",
  ];
  for (const name of [...shapeless, "\u200d", "\u200e\u200f"]) {
    equal(oneLine(name), "", escape(name));
  }
  for (const part of shapeless) equal(oneLine(`Ada${part}`), "Ada");
});

Deno.test("manyLines() removes hidden characters and keeps line breaks and tabs", () => {
  for (const hidden of HIDDEN) equal(manyLines(`a\t${hidden}b`), "a\tb");
  for (const end of LINE_ENDS) equal(manyLines(`a${end}${end}b`), "a\n\nb");
});

Deno.test("oneLine() and manyLines() replace halves of surrogate pairs, and keep whole ones", () => {
  for (const half of ["\ud83d", "\ude00", "\ude00\ud83d"]) {
    const shown = "\ufffd".repeat(half.length);
    equal(oneLine(`a${half}b😀`), `a${shown}b😀`);
    equal(manyLines(`a${half}b😀\nc`), `a${shown}b😀\nc`);
  }
});

Deno.test("oneLine() and manyLines() don't change normal text", () => {
  const text = "שלום \u200fعالم 日本 👩‍💻 Käthe & <b> naïve\u0301 \u00a0x";

  equal(oneLine(text), text);
  equal(manyLines(text), text);
  equal(escapeHidden(text), text);
});

Deno.test("escapeHidden() shows the code points of hidden characters", () => {
  equal(
    escapeHidden("a\u202eb\u0007c\u009b\n"),
    "a\\u202eb\\u0007c\\u009b\\u000a",
  );
});

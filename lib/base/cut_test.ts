import { deepEqual, equal } from "node:assert/strict";
import { cut } from "./cut.ts";

Deno.test("cut() never ends inside a character", () => {
  const family = "👩‍👩‍👧";
  const cases: [string, number, string][] = [
    ["short", 5, "short"],
    ["longer", 4, "long"],
    ["x".repeat(63) + "😀", 64, "x".repeat(63)],
    [`ab${family}`, 4, "ab"],
    ["Ame\u0301lie", 3, "Am"],
    ["", 0, ""],
    ["a", 0, ""],
  ];

  const found = cases.map(([text, length]) => cut(text, length));

  deepEqual(found, cases.map(([, , expected]) => expected));
});

Deno.test("cut() cuts between code points if one character is over the limit", () => {
  const stacked = "e" + "\u0301".repeat(20);

  equal(cut(stacked, 8), stacked.slice(0, 8));
  equal(cut("😀😀", 1), "");
  equal(cut("👩‍👩‍👧", 4), "👩‍");
});

Deno.test("cut() returns well-formed text of at most the limit for every limit", () => {
  const text = "a😀e\u0301👩‍👩‍👧한🇩🇪z";

  for (let length = 0; length <= text.length; length++) {
    const found = cut(text, length);
    equal(found.isWellFormed(), true, `${length}`);
    equal(found.length <= length && text.startsWith(found), true, `${length}`);
  }
});

Deno.test("cut() falls back to code points without Intl.Segmenter", () => {
  const original = Object.getOwnPropertyDescriptor(Intl, "Segmenter");
  Reflect.deleteProperty(Intl, "Segmenter");
  try {
    equal(cut("x".repeat(63) + "😀", 64), "x".repeat(63));
    equal(cut("Ame\u0301lie", 3), "Ame");
  } finally {
    Object.defineProperty(Intl, "Segmenter", original ?? {});
  }
});

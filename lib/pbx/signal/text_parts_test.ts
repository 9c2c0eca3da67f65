import { deepEqual, equal, ok } from "node:assert/strict";
import { property } from "@/tests/support/chance.ts";
import { textParts } from "./text_parts.ts";

Deno.test("[P31] a text is split between lines, otherwise between words", () => {
  deepEqual(textParts("", 10), []);
  deepEqual(textParts("ten chars.", 10), ["ten chars."]);
  deepEqual(textParts("one two\nthree four", 9), ["one two", "three", "four"]);
  deepEqual(textParts("one two three", 9), ["one two", "three"]);
  deepEqual(textParts("x".repeat(25), 10).map((part) => part.length), [
    10,
    10,
    5,
  ]);
});

Deno.test("[P31] a text is split between words only in the second half of a part", () => {
  const cases: [text: string, parts: string[]][] = [
    ["a234 6789012345", ["a234 67890", "12345"]],
    ["a2345 789012345", ["a2345", "789012345"]],
    ["a234\n6789012345", ["a234\n67890", "12345"]],
    ["a2345\n789012345", ["a2345", "789012345"]],
    ["a2\n45 789012345", ["a2\n45", "789012345"]],
  ];
  for (const [text, parts] of cases) deepEqual(textParts(text, 10), parts);
});

Deno.test("[P31] a part that ends where a word or line ends is not made shorter", () => {
  deepEqual(textParts("abcdef hij klm", 10), ["abcdef hij", "klm"]);
  deepEqual(textParts("abcdef hij\nklm", 10), ["abcdef hij", "klm"]);
});

Deno.test("[P31] no part is too long, and no character is lost or split", () => {
  property(300, (chance) => {
    const chars = ["a", " ", "\n", "ä", "😀", "bcd"];
    const text = Array.from(
      { length: chance.below(80) },
      () => chars[chance.below(chars.length)],
    ).join("");

    const parts = textParts(text, 8);

    ok(parts.every((part) => part.length <= 8 && part.isWellFormed()));
    equal(parts.join("").replace(/\s/g, ""), text.replace(/\s/g, ""));
  });
});

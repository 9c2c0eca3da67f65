import { deepEqual, ok } from "node:assert/strict";
import { DEFAULT_APPEARANCE } from "@/lib/model/appearance.ts";
import { contrast, parseColor } from "./contrast.ts";
import { palette } from "./palette.ts";

const PAIRS = [
  ["text", "background"],
  ["text", "card"],
  ["muted", "background"],
  ["muted", "card"],
  ["link", "background"],
  ["link", "card"],
  ["onAccent", "accent"],
  ["good", "card"],
  ["fair", "card"],
  ["bad", "card"],
] as const;

Deno.test("palette() is readable for any chosen colours", () => {
  const colors = [
    "#000000",
    "#ffffff",
    "#777777",
    "#ffff00",
    "#0b6e5f",
    "#ff5a1f",
  ];
  for (const accent of colors) {
    for (const [background, card] of pairs(colors)) {
      const chosen = { accent, background, card, text: accent };
      for (const dark of [false, true]) {
        const made = palette(chosen, dark);
        for (const [front, behind] of PAIRS) {
          const ratio = contrast(
            parseColor(made[front]),
            parseColor(made[behind]),
          );
          ok(
            ratio >= 4.5,
            `${front} on ${behind} of ${accent}, ${background}, ${card}: ${ratio}`,
          );
        }
      }
    }
  }
});

function pairs(colors: readonly string[]): [string, string][] {
  return colors.flatMap((a) => colors.map((b): [string, string] => [a, b]));
}

Deno.test("palette() keeps readable colours unchanged", () => {
  const { accent, background, card, text } = palette(
    DEFAULT_APPEARANCE.colors,
    false,
  );

  deepEqual({ accent, background, card, text }, DEFAULT_APPEARANCE.colors);
});

Deno.test("palette() keeps a custom dark background in dark mode", () => {
  const colors = {
    accent: "#80cbc4",
    background: "#101418",
    card: "#182026",
    text: "#eeeeee",
  };

  deepEqual(palette(colors, true), palette(colors, false));
});

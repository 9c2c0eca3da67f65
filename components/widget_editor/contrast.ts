import * as v from "valibot";
import {
  BLACK,
  contrast,
  parseColor,
  type Rgb,
  TEXT_CONTRAST,
  WHITE,
} from "@/lib/base/contrast.ts";
import { palette } from "@/lib/base/palette.ts";
import { type Appearance, Colour } from "@/lib/model/appearance.ts";

type Colors = Appearance["colors"];

/** A chosen colour that visitors could not read. */
export interface HardColour {
  colour: "card" | "text" | "accent";
  /** The theme with the unreadable background. */
  theme: "light" | "dark";
  /** The lowest contrast in that theme, 1 to 21. */
  ratio: number;
  /** The replacement: the nearest readable colour. */
  nearest: string;
}

/**
 * Returns the chosen colours that the widget has to replace, in each theme that
 * shows them unchanged. The widget's own palette finds them, so the suggested
 * colours are those that visitors see. Empty while a colour is invalid.
 *
 * In the dark theme, the widget replaces a light background and its text, so only
 * the accent counts, and only if the widget is always dark. (No single accent is
 * readable as a link in both themes, so the widget lightens it.)
 */
export function hardColours(
  colors: Colors,
  theme: Appearance["theme"],
): HardColour[] {
  if (!Object.values(colors).every((color) => v.is(Colour, color))) return [];
  const dark = theme === "dark";
  const shown = palette(colors, dark);
  const isOwn = shown.background === colors.background.toLowerCase();
  const backgrounds = [shown.background, shown.card].map(parseColor);
  const own = [colors.background, colors.card].map(parseColor);
  const found: Omit<HardColour, "theme">[] = [{
    colour: "accent",
    ratio: worst(parseColor(colors.accent), backgrounds),
    nearest: nearestLink(colors, dark),
  }];
  if (isOwn) {
    found.unshift({
      // If no text is readable on this background, the text's colour isn't the
      // problem.
      colour: "card",
      ratio: Math.max(worst(BLACK, own), worst(WHITE, own)),
      nearest: shown.card,
    }, {
      colour: "text",
      ratio: worst(parseColor(colors.text), backgrounds),
      nearest: shown.text,
    });
  }
  return found
    .filter(({ ratio }) => ratio < TEXT_CONTRAST)
    .map((each) => ({ ...each, theme: dark ? "dark" : "light" }));
}

/** The accent tints the dark background a little, so check again. */
function nearestLink(colors: Colors, dark: boolean): string {
  let accent = palette(colors, dark).link;
  for (let again = 0; again < 4; again++) {
    accent = palette({ ...colors, accent }, dark).link;
  }
  return accent;
}

function worst(color: Rgb, backgrounds: readonly Rgb[]): number {
  return Math.min(
    ...backgrounds.map((background) => contrast(color, background)),
  );
}

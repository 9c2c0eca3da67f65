import * as v from "valibot";
import { line } from "./text.ts";
import { wholeNumber } from "./whole_number.ts";

/** A colour as `#rrggbb`, lower case. */
export const Colour = v.pipe(
  v.string("must be a colour"),
  v.toLowerCase(),
  v.regex(/^#[0-9a-f]{6}$/, "must be a colour such as #0a7d5a"),
);

/** `page` is the font of the surrounding page. The others are system font
 * families. */
export const FONTS = ["page", "system", "serif", "rounded", "mono"] as const;
/** `page` follows the `color-scheme` of the page; `auto` the visitor's
 * system. */
export const THEMES = ["auto", "light", "dark", "page"] as const;
/** Side of a closed sidebar; `start` is left, or right in right-to-left
 * languages. */
export const POSITIONS = ["end", "start", "bottom"] as const;

/** A widget's look and behaviour. All of it is sent to the visitor. */
export const Appearance = v.strictObject({
  font: v.picklist(FONTS),
  /** Base size in CSS px. */
  fontSize: wholeNumber(12, 24),
  theme: v.picklist(THEMES),
  colors: v.strictObject({
    /** Colour of buttons, header and launcher. The text on it is black or
     * white, by contrast. */
    accent: Colour,
    background: Colour,
    text: Colour,
    card: Colour,
  }),
  /** Radius of corners in CSS px. */
  radius: wholeNumber(0, 32),
  /** Distance from the edges of the window (sidebar), or around it (cardset). */
  margin: v.strictObject({ x: wholeNumber(0, 400), y: wholeNumber(0, 400) }),
  /** Distance between two cards in CSS px. */
  gap: wholeNumber(0, 64),
  zIndex: wholeNumber(0, 2_147_483_647),
  position: v.picklist(POSITIONS),
  /** Heading of the sidebar; if empty, the language's default. */
  title: line(80),
  /** Shown in turn next to the launcher; an empty list means no help texts. */
  helpTexts: v.pipe(
    v.array(line(120)),
    v.maxLength(10, "must be at most 10 texts"),
  ),
  hideWhenUnavailable: v.boolean(),
  /** True if a sidebar shows a random available agent first. */
  randomAgent: v.boolean(),
  showBranding: v.boolean(),
});
export type Appearance = v.InferOutput<typeof Appearance>;

export const DEFAULT_APPEARANCE: Appearance = {
  font: "system",
  fontSize: 16,
  // Most pages stay light in a dark system, so a dark widget would not fit.
  theme: "page",
  colors: {
    accent: "#0b6e5f",
    background: "#ffffff",
    text: "#17211f",
    card: "#f4f7f6",
  },
  radius: 12,
  margin: { x: 16, y: 16 },
  gap: 16,
  zIndex: 10_000,
  position: "end",
  title: "",
  helpTexts: [],
  hideWhenUnavailable: false,
  randomAgent: false,
  showBranding: true,
};

import {
  BLACK,
  contrast,
  luminance,
  mix,
  parseColor,
  readable,
  type Rgb,
  TEXT_CONTRAST,
  WHITE,
} from "./contrast.ts";

/** A type, not an interface, so that it is a record as well. */
export type Palette = {
  background: string;
  card: string;
  text: string;
  /** Secondary text, still readable: 4.5 to 1 on background and card. */
  muted: string;
  line: string;
  accent: string;
  /** Text on the accent, black or white. */
  onAccent: string;
  /** The accent as text and icon on background and card: 4.5 to 1. */
  link: string;
  /** Colours of presence and of errors. */
  good: string;
  fair: string;
  bad: string;
};

interface Colors {
  accent: string;
  background: string;
  text: string;
  card: string;
}

const NIGHT: Rgb = [21, 25, 28];

/** Returns the colours of a widget for light and dark mode. */
export function palettes(colors: Colors) {
  return { light: palette(colors, false), dark: palette(colors, true) };
}

/**
 * Returns the admin's colours of a widget, adjusted where they are not
 * readable: each text has at least 4.5 to 1 on every background that it may
 * have. `dark` derives a dark palette, unless the admin's own background is
 * dark already.
 */
export function palette(colors: Colors, dark: boolean): Palette {
  let background = parseColor(colors.background);
  let card = parseColor(colors.card);
  let text = parseColor(colors.text);
  const accent = parseColor(colors.accent);
  if (dark && luminance(background) > 0.18) {
    background = mix(NIGHT, accent, 0.04);
    card = mix(background, WHITE, 0.06);
    text = [236, 240, 239];
  }
  card = near(card, background);
  const backgrounds = [background, card];
  text = readable(text, backgrounds);
  return {
    background: css(background),
    card: css(card),
    text: css(text),
    muted: css(readable(mix(text, background, 0.36), backgrounds)),
    line: css(mix(background, text, 0.14)),
    accent: css(accent),
    onAccent: css(
      contrast(accent, WHITE) >= TEXT_CONTRAST ||
        contrast(accent, WHITE) >= contrast(accent, BLACK)
        ? WHITE
        : BLACK,
    ),
    link: css(readable(accent, backgrounds)),
    good: css(readable([18, 128, 60], backgrounds)),
    fair: css(readable([160, 104, 0], backgrounds)),
    bad: css(readable([200, 40, 40], backgrounds)),
  };
}

/** Moves `card` close enough to `background` that one text colour is readable
 * on both. */
function near(card: Rgb, background: Rgb): Rgb {
  let moved = card;
  for (let part = 0; part <= 1; part += 0.1) {
    moved = mix(card, background, part);
    const fits = [BLACK, WHITE].some((text) =>
      contrast(text, moved) >= TEXT_CONTRAST &&
      contrast(text, background) >= TEXT_CONTRAST
    );
    if (fits) return moved;
  }
  return background;
}

function css(color: Rgb): string {
  return `#${
    color.map((v: number) => v.toString(16).padStart(2, "0")).join("")
  }`;
}

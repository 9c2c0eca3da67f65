/** Red, green and blue, each 0 to 255. */
export type Rgb = readonly [number, number, number];

export interface Palette {
  background: string;
  card: string;
  text: string;
  /** Quieter text, still readable: 4.5 to 1 on background and card. */
  muted: string;
  line: string;
  accent: string;
  /** Text on the accent, black or white. */
  onAccent: string;
  /** The accent as text and icon on background and card: 4.5 to 1. */
  link: string;
  /** Colours of presence and of what goes wrong. */
  good: string;
  fair: string;
  bad: string;
}

interface Colors {
  accent: string;
  background: string;
  text: string;
  card: string;
}

const TEXT_CONTRAST = 4.5;
const BLACK: Rgb = [0, 0, 0];
const WHITE: Rgb = [255, 255, 255];
const NIGHT: Rgb = [21, 25, 28];

/** Reads `#rrggbb`; what is no digit counts as 0. */
export function parseColor(color: string): Rgb {
  const part = (from: number) => parseInt(color.slice(from, from + 2), 16) || 0;
  return [part(1), part(3), part(5)];
}

/** WCAG 2 contrast of two colours, 1 to 21. */
export function contrast(a: Rgb, b: Rgb): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) =>
    x - y
  );
  return (high + 0.05) / (low + 0.05);
}

/**
 * The colours of a widget as the admin chose them, made readable where they are
 * not: each text has at least 4.5 to 1 on all it may stand on. `dark` derives a
 * night palette, unless the admin's own background is dark already.
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
  const grounds = [background, card];
  text = readable(text, grounds);
  return {
    background: css(background),
    card: css(card),
    text: css(text),
    muted: css(readable(mix(text, background, 0.36), grounds)),
    line: css(mix(background, text, 0.14)),
    accent: css(accent),
    onAccent: css(
      contrast(accent, WHITE) >= TEXT_CONTRAST ||
        contrast(accent, WHITE) >= contrast(accent, BLACK)
        ? WHITE
        : BLACK,
    ),
    link: css(readable(accent, grounds)),
    good: css(readable([18, 128, 60], grounds)),
    fair: css(readable([160, 104, 0], grounds)),
    bad: css(readable([200, 40, 40], grounds)),
  };
}

/** The colour nearest to `color`, towards black or white, that can be read. */
export function readable(color: Rgb, grounds: readonly Rgb[]): Rgb {
  const worst = (c: Rgb) => Math.min(...grounds.map((g) => contrast(c, g)));
  const end = worst(BLACK) > worst(WHITE) ? BLACK : WHITE;
  for (let part = 0; part < 1; part += 0.05) {
    const tried = mix(color, end, part);
    if (worst(tried) >= TEXT_CONTRAST) return tried;
  }
  return end;
}

function luminance(color: Rgb): number {
  const [r, g, b] = color.map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as unknown as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** `part` of `b` (0 to 1) in `a`. */
function mix(a: Rgb, b: Rgb, part: number): Rgb {
  const at = (x: number, y: number) => Math.round(x + (y - x) * part);
  return [at(a[0], b[0]), at(a[1], b[1]), at(a[2], b[2])];
}

function css(color: Rgb): string {
  return `#${color.map((v) => v.toString(16).padStart(2, "0")).join("")}`;
}

/** Red, green and blue, each 0 to 255. */
export type Rgb = readonly [number, number, number];

/** The minimum contrast of text in WCAG 2.2 AA. */
export const TEXT_CONTRAST = 4.5;
export const BLACK: Rgb = [0, 0, 0];
export const WHITE: Rgb = [255, 255, 255];

/** Parses `#rrggbb`; an invalid digit counts as 0. */
export function parseColor(color: string): Rgb {
  const part = (from: number) => parseInt(color.slice(from, from + 2), 16) || 0;
  return [part(1), part(3), part(5)];
}

/** Returns the WCAG 2 contrast of two colours, 1 to 21. */
export function contrast(a: Rgb, b: Rgb): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) =>
    x - y
  );
  return (high + 0.05) / (low + 0.05);
}

/** Returns the readable colour that is nearest to `color`, towards black or
 * white. */
export function readable(color: Rgb, backgrounds: readonly Rgb[]): Rgb {
  const worst = (c: Rgb) => Math.min(...backgrounds.map((g) => contrast(c, g)));
  const end = worst(BLACK) > worst(WHITE) ? BLACK : WHITE;
  for (let part = 0; part < 1; part += 0.05) {
    const tried = mix(color, end, part);
    if (worst(tried) >= TEXT_CONTRAST) return tried;
  }
  return end;
}

/** Returns the relative luminance of WCAG, 0 to 1. */
export function luminance(color: Rgb): number {
  const [r, g, b] = color.map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as unknown as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Mixes `part` of `b` (0 to 1) into `a`. */
export function mix(a: Rgb, b: Rgb, part: number): Rgb {
  const at = (x: number, y: number) => Math.round(x + (y - x) * part);
  return [at(a[0], b[0]), at(a[1], b[1]), at(a[2], b[2])];
}

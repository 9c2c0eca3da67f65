/** What WCAG 2.2 asks of texts (1.4.3). */
export const TEXT_CONTRAST_MIN = 4.5;

type Rgb = readonly [number, number, number];
const BLACK: Rgb = [0, 0, 0];
const WHITE: Rgb = [255, 255, 255];

/** WCAG 2 contrast of two `#rrggbb`, 1 to 21; undefined if one is no colour. */
export function contrast(a: string, b: string): number | undefined {
  const [left, right] = [parse(a), parse(b)];
  return left && right && ratio(left, right);
}

/**
 * Whether `color` can be read on each of the `grounds`: the worst contrast, and
 * the nearest colour towards black or white that can. Undefined if it can, or if
 * one of them is no colour yet.
 */
export function hardToRead(
  color: string,
  grounds: readonly string[],
): { ratio: number; nearest: string } | undefined {
  const own = parse(color);
  const others = grounds.map(parse).filter((rgb) => rgb !== undefined);
  if (own === undefined || others.length < grounds.length) return undefined;
  const worst = (tried: Rgb) =>
    Math.min(...others.map((ground) => ratio(tried, ground)));
  if (worst(own) >= TEXT_CONTRAST_MIN) return undefined;
  const end = worst(BLACK) > worst(WHITE) ? BLACK : WHITE;
  for (let percent = 1; percent <= 100; percent++) {
    const tried = mix(own, end, percent / 100);
    if (worst(tried) >= TEXT_CONTRAST_MIN || percent === 100) {
      return { ratio: worst(own), nearest: format(tried) };
    }
  }
  return undefined;
}

function parse(color: string): Rgb | undefined {
  const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(color);
  if (hex === null) return undefined;
  const part = (i: number) => parseInt(hex[i] ?? "", 16);
  return [part(1), part(2), part(3)];
}

function format(color: Rgb): string {
  return `#${color.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}

function ratio(a: Rgb, b: Rgb): number {
  const [x, y] = [luminance(a), luminance(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

/** WCAG 2's relative luminance. */
function luminance([red, green, blue]: Rgb): number {
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

function linear(part: number): number {
  const share = part / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
}

function mix(a: Rgb, b: Rgb, share: number): Rgb {
  const at = (x: number, y: number) => Math.round(x + (y - x) * share);
  return [at(a[0], b[0]), at(a[1], b[1]), at(a[2], b[2])];
}

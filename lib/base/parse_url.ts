/** Parses an address, relative to `base` if given; undefined if it is
 * invalid. `URL.parse` and `URL.canParse` are newer than the browsers that
 * we support. */
export function parseUrl(text: string, base?: string): URL | undefined {
  try {
    return new URL(text, base);
  } catch {
    return undefined;
  }
}

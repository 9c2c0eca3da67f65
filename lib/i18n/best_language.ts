/**
 * Returns the first of `wishes` that is among `languages`, exactly or by its
 * first part (`de-AT` matches `de`), otherwise `otherwise`. Tags are compared
 * case-insensitively.
 */
export function bestLanguage(
  wishes: readonly string[],
  languages: readonly string[],
  otherwise: string,
): string {
  const known = new Map(languages.map((tag) => [tag.toLowerCase(), tag]));
  for (const wish of wishes) {
    const parts = wish.toLowerCase().split("-");
    for (let length = parts.length; length > 0; length--) {
      const found = known.get(parts.slice(0, length).join("-"));
      if (found !== undefined) return found;
    }
  }
  return otherwise;
}

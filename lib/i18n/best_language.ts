/**
 * Returns the first of `preferences` that is among `languages`, exactly or by its
 * first part (`de-AT` matches `de`), otherwise `otherwise`. Tags are compared
 * case-insensitively.
 */
export function bestLanguage(
  preferences: readonly string[],
  languages: readonly string[],
  otherwise: string,
): string {
  const known = new Map(languages.map((tag) => [tag.toLowerCase(), tag]));
  for (const preference of preferences) {
    const parts = preference.toLowerCase().split("-");
    for (let length = parts.length; length > 0; length--) {
      const found = known.get(parts.slice(0, length).join("-"));
      if (found !== undefined) return found;
    }
  }
  return otherwise;
}

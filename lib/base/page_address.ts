/**
 * Returns the origin and path of a web page's address, with only the named
 * parameters of its query, because the others may be secret (a token, a mail
 * address). The fragment is always removed. Returns "" for anything that is not
 * a web address.
 */
export function pageAddress(
  address: string,
  parameters: readonly string[] = [],
): string {
  if (!/^https?:/i.test(address)) return "";
  try {
    const { origin, pathname, searchParams } = new URL(address);
    const named = [...searchParams].filter(([name]) =>
      parameters.includes(name)
    );
    const query = String(new URLSearchParams(named));
    return origin + pathname + (query && `?${query}`);
  } catch {
    return "";
  }
}

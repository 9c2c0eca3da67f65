/**
 * Returns the origin and path of a web page's address, and of its query only the
 * parameters that are named: the rest may be secret (a token, a mail address). A
 * fragment never stays. "" for anything that is not a web address.
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

/**
 * Returns the address after signing in: the requested path, if it belongs to
 * this site. Anything that a browser could interpret as another site becomes
 * `otherwise`.
 */
export function wayBack(
  next: string | null | undefined,
  from: URL,
  otherwise: string,
): string {
  if (!next?.startsWith("/")) return otherwise;
  const url = URL.parse(next, from);
  if (url === null || url.origin !== from.origin) return otherwise;
  return url.pathname.startsWith("//")
    ? otherwise
    : url.pathname + url.search + url.hash;
}

/**
 * Where to go after signing in: the path that was asked for, if it is one of this
 * site. Anything that a browser could take for another site is `otherwise`.
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

/**
 * The `Location` of a redirect. Whatever starts with a slash stays on this
 * host, although browsers read `//evil.example`, `/\evil.example` and
 * `/<tab>/evil.example` as another one. An absolute URL is taken as it is:
 * who redirects to what a visitor sent must pass a path.
 */
export function redirectTarget(target: string, from: URL): string {
  const text = target.replaceAll(/[\t\n\r]/g, "").trim();
  if (URL.canParse(text)) return new URL(text).href;
  const url = new URL(text.replace(/^[/\\]+/, "/"), from);
  return url.pathname.replace(/^\/+/, "/") + url.search + url.hash;
}

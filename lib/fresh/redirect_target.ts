/**
 * Returns the `Location` of a redirect. A target with a leading slash stays on
 * this host, although browsers interpret `//evil.example`, `/\evil.example` and
 * `/<tab>/evil.example` as another host. An absolute URL is used unchanged, so
 * pass only a path if the target comes from a visitor.
 */
export function redirectTarget(target: string, from: URL): string {
  const text = target.replaceAll(/[\t\n\r]/g, "").trim();
  if (URL.canParse(text)) return new URL(text).href;
  const url = new URL(text.replace(/^[/\\]+/, "/"), from);
  return url.pathname.replace(/^\/+/, "/") + url.search + url.hash;
}

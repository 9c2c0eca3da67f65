import type { Peer } from "@/lib/base/socket.ts";

/** True if the page belongs to the service itself: a preview of any widget. */
export function isOwnPage({ origin, host }: Peer): boolean {
  if (origin === null || host === undefined) return false;
  return URL.parse(origin)?.host === host;
}

/**
 * True if a page of `origin` (the handshake's header; null if it is not a
 * browser) may show a widget that is allowed on `sites`. An empty list allows
 * every page. A site `https://*.example.com` means all subdomains, but not
 * `example.com`.
 */
export function isWelcome(
  origin: string | null,
  sites: readonly string[],
): boolean {
  if (sites.length === 0) return true;
  if (origin === null) return false;
  const asked = origin.toLowerCase();
  return sites.some((site) => covers(site, asked));
}

function covers(site: string, origin: string): boolean {
  const [scheme = "", host = ""] = site.split("://");
  if (!host.startsWith("*.")) return withoutPort(site) === withoutPort(origin);
  const [askedScheme, askedHost = ""] = withoutPort(origin).split("://");
  const [, suffix = ""] = withoutPort(`${scheme}://${host.slice(1)}`)
    .split("://");
  return askedScheme === scheme && askedHost.endsWith(suffix) &&
    askedHost.length > suffix.length;
}

/** Browsers leave out the scheme's default port, but an administrator may write
 * it. */
function withoutPort(origin: string): string {
  return origin.replace(/^(https:\/\/.*):443$|^(http:\/\/.*):80$/, "$1$2");
}

/** True if this page may show a widget with this list of sites. */
export function mayShow(peer: Peer, sites: readonly string[]): boolean {
  return isOwnPage(peer) || isWelcome(peer.origin, sites);
}

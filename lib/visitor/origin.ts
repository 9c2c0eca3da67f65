import type { Peer } from "@/lib/base/socket.ts";

/** Whether the page is one of the service itself: a preview of any widget. */
export function isOwnPage({ origin, host }: Peer): boolean {
  if (origin === null || host === undefined) return false;
  return URL.parse(origin)?.host === host;
}

/**
 * Whether a page of `origin` (the handshake's header; null: not a browser) may
 * show a widget that is allowed on `sites`. No sites: every page may. A site
 * `https://*.example.com` stands for all subdomains, not for `example.com`.
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

/** Browsers leave the scheme's own port out; an administrator may write it. */
function withoutPort(origin: string): string {
  return origin.replace(/^(https:\/\/.*):443$|^(http:\/\/.*):80$/, "$1$2");
}

/** Whether this page may show a widget that names these sites. */
export function mayShow(peer: Peer, sites: readonly string[]): boolean {
  return isOwnPage(peer) || isWelcome(peer.origin, sites);
}

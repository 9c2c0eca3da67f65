import { plainAddress } from "@/lib/base/ip_address.ts";
import type { Networks } from "./networks.ts";

/** A connection's unverified claims about its client. */
export interface Claims {
  /** The other end of the TCP connection. */
  remote: string;
  forwardedFor: string | undefined;
  forwardedProto: string | undefined;
}

/**
 * Returns the address by which limits count: the peer's own, unless the peer is
 * a trusted proxy. In that case it is the last hop that is not a trusted proxy.
 */
export function peerAddress(claims: Claims, trusted: Networks): string {
  let address = plainAddress(claims.remote);
  const hops = (claims.forwardedFor ?? "").split(",").map((hop) => hop.trim());
  while (trusted.has(address)) {
    const hop = hops.pop();
    if (!hop) break;
    address = plainAddress(hop);
  }
  return address;
}

/** True if `peerAddress` may be that of a proxy: of one that is not trusted but
 * forwards, or of a trusted one that does not name its client. */
export function isProxy(
  { isForwarded, ...claims }: Claims & { isForwarded: boolean },
  trusted: Networks,
): boolean {
  return isForwarded && !trusted.has(claims.remote) ||
    trusted.has(peerAddress(claims, trusted));
}

/** True if the visitor's or admin's own connection is TLS. */
export function isSecure(
  claims: Claims,
  { trusted, tls }: { trusted: Networks; tls: boolean },
): boolean {
  if (tls) return true;
  return claims.forwardedProto?.split(",")[0]?.trim() === "https" &&
    trusted.has(claims.remote);
}

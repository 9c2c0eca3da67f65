import { type Networks, plainAddress } from "./networks.ts";

/** What a connection says about who is behind it, before anything is believed. */
export interface Claims {
  /** The other end of the TCP connection. */
  remote: string;
  forwardedFor: string | undefined;
  forwardedProto: string | undefined;
}

/**
 * The address that limits count by. The peer's own, unless the peer is a
 * trusted proxy: then the last hop that no trusted proxy stands for.
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

/** Whether the visitor's or admin's own connection is TLS. */
export function isSecure(
  claims: Claims,
  { trusted, tls }: { trusted: Networks; tls: boolean },
): boolean {
  if (tls) return true;
  return claims.forwardedProto?.split(",")[0]?.trim() === "https" &&
    trusted.has(claims.remote);
}

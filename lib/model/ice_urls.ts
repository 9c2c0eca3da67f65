import type { IceServers } from "./ice_servers.ts";

/**
 * Converts the servers to a browser's format, one address each. TURN servers
 * without credentials are left out, because a browser would reject the whole
 * list.
 */
export function iceServers(config: IceServers | undefined): RTCIceServer[] {
  if (config === undefined) return [];
  const { turnUsr: username, turnPwd: credential } = config;
  const servers = stunUrls(config).map((urls): RTCIceServer => ({ urls }));
  if (username === undefined || credential === undefined) return servers;
  const turn = turnUrls(config).map((urls) => ({ urls, username, credential }));
  return [...servers, ...turn];
}

/** Returns `stun:` addresses (RFC 7064). */
export function stunUrls({ stun }: Pick<IceServers, "stun">): string[] {
  return hosts(stun).map((host) => `stun:${host}`);
}

/**
 * Returns `turn:` and `turns:` addresses (RFC 7065). A host name is combined
 * with `transport`, by default UDP; a complete address already contains its
 * transport.
 */
export function turnUrls(
  { turn, transport = "udp" }: Pick<IceServers, "turn" | "transport">,
): string[] {
  const [scheme, way] = transport === "tls"
    ? ["turns", "tcp"]
    : ["turn", transport];
  return hosts(turn).map((host) =>
    /^turns?:/.test(host) ? host : `${scheme}:${host}?transport=${way}`
  );
}

function hosts(list: string): string[] {
  return list.split(";").map((host) => host.trim()).filter(Boolean);
}

import type { IceConfig } from "./contact_messages.ts";

/**
 * The servers of an IceConfig as a browser wants them, one address each. TURN
 * that nobody has credentials for is left out: a browser would refuse them all.
 */
export function iceServers(
  config: Omit<IceConfig, "mt"> | undefined,
): RTCIceServer[] {
  if (config === undefined) return [];
  const { turnUsr: username, turnPwd: credential } = config;
  const servers = stunUrls(config).map((urls): RTCIceServer => ({ urls }));
  if (username === undefined || credential === undefined) return servers;
  const turn = turnUrls(config).map((urls) => ({ urls, username, credential }));
  return [...servers, ...turn];
}

/** `stun:` addresses (RFC 7064). */
export function stunUrls({ stun }: Pick<IceConfig, "stun">): string[] {
  return hosts(stun).map((host) => `stun:${host}`);
}

/**
 * `turn:` and `turns:` addresses (RFC 7065). A host is reached as `transport`
 * says, by UDP without; what is such an address already says it by itself.
 */
export function turnUrls(
  { turn, transport = "udp" }: Pick<IceConfig, "turn" | "transport">,
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

import type { IceConfig } from "@/lib/protocol/visitor/contact_messages.ts";

/** The servers of an IceConfig as a browser wants them. */
export function iceServers(config: IceConfig | undefined): RTCIceServer[] {
  if (config === undefined) return [];
  const { stun, turn, turnUsr, turnPwd, transport } = config;
  const servers: RTCIceServer[] = hosts(stun).map((host) => ({
    urls: `stun:${host}`,
  }));
  if (turnUsr === undefined || turnPwd === undefined) return servers;
  const [scheme, way] = transport === "tls"
    ? ["turns", "tcp"]
    : ["turn", transport ?? "udp"];
  for (const host of hosts(turn)) {
    servers.push({
      urls: `${scheme}:${host}?transport=${way}`,
      username: turnUsr,
      credential: turnPwd,
    });
  }
  return servers;
}

function hosts(list: string): string[] {
  return list.split(";").map((host) => host.trim()).filter(Boolean);
}

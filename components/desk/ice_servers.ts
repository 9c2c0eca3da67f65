import type { IceConfig } from "@/lib/protocol/visitor/contact_messages.ts";

/** An IceConfig as browsers take it. Hosts are joined by `;`. */
export function iceServers(config: Omit<IceConfig, "mt">): RTCIceServer[] {
  const servers: RTCIceServer[] = [];
  const stun = hosts(config.stun).map((host) => `stun:${host}`);
  if (stun.length > 0) servers.push({ urls: stun });
  const scheme = config.transport === "tls" ? "turns" : "turn";
  const transport = config.transport === "udp" ? "udp" : "tcp";
  const end = config.transport === undefined ? "" : `?transport=${transport}`;
  const turn = hosts(config.turn).map((host) => `${scheme}:${host}${end}`);
  if (turn.length > 0) {
    servers.push({
      urls: turn,
      username: config.turnUsr ?? "",
      credential: config.turnPwd ?? "",
    });
  }
  return servers;
}

function hosts(text: string): string[] {
  return text.split(";").map((host) => host.trim()).filter(Boolean);
}

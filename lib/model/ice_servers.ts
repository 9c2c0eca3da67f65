import * as v from "valibot";

/** STUN and TURN servers of a call, for a browser. */
export const IceServers = v.object({
  /** Host names, `host:port`, or several joined by `;`. "" for none. */
  stun: v.string(),
  turn: v.string(),
  /** + Short-lived credentials, valid for `ttl` seconds. */
  turnUsr: v.exactOptional(v.string()),
  turnPwd: v.exactOptional(v.string()),
  ttl: v.exactOptional(v.number()),
  transport: v.exactOptional(v.picklist(["udp", "tcp", "tls"])),
});
export type IceServers = v.InferOutput<typeof IceServers>;

import { createHmac } from "node:crypto";
import type { IceConfig } from "@/lib/protocol/visitor/contact_messages.ts";

/** How visitors and desks reach STUN and TURN. "" stands for none. */
export interface IceSettings {
  /** Host names, `host:port`, or several joined by `;`. */
  stun: string;
  turn: string;
  /** Secret shared with the TURN servers (`static-auth-secret` of coturn). */
  turnSecret: string;
  /** How long a credential is valid. */
  ttlSeconds: number;
  transport?: "udp" | "tcp" | "tls";
}

/** A call may be set up so long after its page asked, and last for ever: TURN
 * looks at the time only when an allocation is made. */
export const ICE_TTL_SECONDS = 3_600;

/**
 * STUN and TURN for one user. With a secret, the credentials are made for this
 * user and die by themselves: `expiry:user`, and over it an HMAC-SHA1 in base64
 * (draft-uberti-behave-turn-rest-00).
 */
export function iceConfig(
  { stun, turn, turnSecret, ttlSeconds, transport }: IceSettings,
  { user, now }: { user: string; now: number },
): IceConfig {
  const config: IceConfig = { mt: "IceConfig", stun, turn };
  if (turn === "") return config;
  if (transport !== undefined) config.transport = transport;
  if (turnSecret === "") return config;
  const turnUsr = `${Math.floor(now / 1_000) + ttlSeconds}:${user}`;
  const turnPwd = createHmac("sha1", turnSecret).update(turnUsr)
    .digest("base64");
  return { ...config, turnUsr, turnPwd, ttl: ttlSeconds };
}

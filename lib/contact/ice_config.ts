import { createHmac } from "node:crypto";
import type { IceConfig } from "@/lib/protocol/visitor/contact_messages.ts";

/** STUN and TURN servers for visitors and desks; "" for none. */
export interface IceSettings {
  /** Host names, `host:port`, or several joined by `;`. */
  stun: string;
  turn: string;
  /** Secret shared with the TURN servers (`static-auth-secret` of coturn). */
  turnSecret: string;
  /** Lifetime of a credential. */
  ttlSeconds: number;
  transport?: "udp" | "tcp" | "tls";
}

/**
 * Maximum time between a page's request and the setup of its call. The call
 * itself may last longer, because TURN checks the time only when an allocation
 * is created.
 */
export const ICE_TTL_SECONDS = 3_600;

/**
 * Returns STUN and TURN for one user. With a secret, the credentials are
 * generated for this user and expire automatically: `expiry:user`, and its
 * HMAC-SHA1 in base64 (draft-uberti-behave-turn-rest-00).
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

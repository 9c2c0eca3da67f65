import type { Clock } from "@/lib/base/clock.ts";
import type { IceConfig } from "@/lib/protocol/visitor/contact_messages.ts";
import { ICE_TTL_SECONDS, iceConfig } from "@/lib/visitor/ice.ts";
import type { Config } from "./settings.ts";

/** STUN and TURN for one user, as the settings name them. */
export function iceFrom(
  { stun, turn, turnSecret }: Config,
  clock: Clock,
): (user: string) => IceConfig {
  const settings = { stun, turn, turnSecret, ttlSeconds: ICE_TTL_SECONDS };
  return (user) => iceConfig(settings, { user, now: clock.now() });
}

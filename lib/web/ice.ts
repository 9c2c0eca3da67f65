import type { Clock } from "@/lib/base/clock.ts";
import type { IceConfig } from "@/lib/protocol/visitor/contact_messages.ts";
import { ICE_TTL_SECONDS, iceConfig } from "@/lib/visitor/ice.ts";
import type { Config } from "./settings.ts";

/** What a PBX names, where the settings name nothing. */
type PbxIce = Record<"stun" | "turn" | "turnUsr" | "turnPwd", string>;

/** STUN and TURN for one user, as the settings or else the PBX name them. */
export function iceFrom(
  { stun, turn, turnSecret }: Config,
  { clock, pbx }: { clock: Clock; pbx(): PbxIce | undefined },
): (user: string) => IceConfig {
  const settings = { stun, turn, turnSecret, ttlSeconds: ICE_TTL_SECONDS };
  return (user) => {
    const named = stun === "" && turn === "" ? pbx() : undefined;
    if (named !== undefined) return iceOf(named);
    return iceConfig(settings, { user, now: clock.now() });
  };
}

function iceOf({ stun, turn, turnUsr, turnPwd }: PbxIce): IceConfig {
  const credentials = turn !== "" && turnUsr !== "" && { turnUsr, turnPwd };
  return { mt: "IceConfig", stun, turn, ...credentials };
}

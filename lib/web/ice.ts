import type { Clock } from "@/lib/base/clock.ts";
import type { IceConfig } from "@/lib/protocol/visitor/contact_messages.ts";
import { ICE_TTL_SECONDS, iceConfig } from "@/lib/visitor/ice.ts";
import type { Config } from "./settings.ts";

/** What a PBX names, where the settings name nothing. */
type PbxIce = Record<"stun" | "turn" | "turnUsr" | "turnPwd", string>;

type IceSettings = Pick<Config, "stun" | "turn" | "turnSecret">;

/** STUN and TURN as the settings or else the PBX name them. */
export class Ice {
  readonly #settings: IceSettings;
  readonly #clock: Pick<Clock, "wall">;
  readonly #pbx: () => PbxIce | undefined;

  constructor(
    { stun, turn, turnSecret }: IceSettings,
    { clock, pbx }: {
      clock: Pick<Clock, "wall">;
      pbx(): PbxIce | undefined;
    },
  ) {
    this.#settings = { stun, turn, turnSecret };
    this.#clock = clock;
    this.#pbx = pbx;
  }

  /** Who names the servers at this moment. */
  source(): "settings" | "pbx" {
    return this.#named() === undefined ? "settings" : "pbx";
  }

  /** The servers for one user; with a secret, by credentials of its own. */
  config(user: string, ttlSeconds = ICE_TTL_SECONDS): IceConfig {
    const named = this.#named();
    if (named !== undefined) return iceOf(named);
    const now = this.#clock.wall();
    return iceConfig({ ...this.#settings, ttlSeconds }, { user, now });
  }

  #named(): PbxIce | undefined {
    const { stun, turn } = this.#settings;
    return stun === "" && turn === "" ? this.#pbx() : undefined;
  }
}

function iceOf({ stun, turn, turnUsr, turnPwd }: PbxIce): IceConfig {
  const credentials = turn !== "" && turnUsr !== "" && { turnUsr, turnPwd };
  return { mt: "IceConfig", stun, turn, ...credentials };
}

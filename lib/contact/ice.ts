import type { Clock } from "@/lib/base/clock.ts";
import type { IceConfig } from "@/lib/protocol/visitor/contact_messages.ts";
import { ICE_TTL_SECONDS, iceConfig, type IceSettings } from "./ice_config.ts";

/** The PBX's servers, for settings without any. */
type PbxIce = Record<"stun" | "turn" | "turnUsr" | "turnPwd", string>;

type Servers = Pick<IceSettings, "stun" | "turn" | "turnSecret">;

/** STUN and TURN servers from the settings, or else from the PBX. */
export class Ice {
  readonly #settings: Servers;
  readonly #clock: Pick<Clock, "wall">;
  readonly #pbx: () => PbxIce | undefined;

  constructor(
    { stun, turn, turnSecret }: Servers,
    { clock, pbx }: {
      clock: Pick<Clock, "wall">;
      pbx(): PbxIce | undefined;
    },
  ) {
    this.#settings = { stun, turn, turnSecret };
    this.#clock = clock;
    this.#pbx = pbx;
  }

  /** Returns the current source of the servers. */
  source(): "settings" | "pbx" {
    return this.#named() === undefined ? "settings" : "pbx";
  }

  /** Returns the servers for one user; with a secret, the credentials are the
   * user's own. */
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

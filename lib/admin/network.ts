import type { Clock } from "@/lib/base/clock.ts";
import type { Ice } from "@/lib/contact/ice.ts";
import { ICE_TTL_SECONDS } from "@/lib/contact/ice_config.ts";
import type { IceServers } from "@/lib/model/ice_servers.ts";
import { stunUrls, turnUrls } from "@/lib/model/ice_urls.ts";
import type { NetworkTest, NetworkView } from "@/lib/protocol/admin/network.ts";
import { sha256Hex } from "@/lib/store/sha256.ts";

/** Lifetime of a test's credentials. */
export const TEST_TTL_SECONDS = 300;

/** The servers of calls, for administrators to see and test. */
export class Network {
  readonly #ice: Ice;
  readonly #clock: Pick<Clock, "wall">;

  constructor(ice: Ice, clock: Pick<Clock, "wall">) {
    this.#ice = ice;
    this.#clock = clock;
  }

  view(): NetworkView {
    const source = this.#ice.source();
    const { servers } = this.#servers(this.#ice.config("view", 0));
    return { source: servers.length === 0 ? "none" : source, servers };
  }

  /**
   * Returns the credentials of one test. They expire after TEST_TTL_SECONDS. Their
   * name is derived from the administrator's session, so that the TURN server can
   * count what this session uses, but learns nothing about it.
   *
   * @param session The token of the session.
   */
  test(session: string): NetworkTest {
    const user = `test-${sha256Hex(`turn-test:${session}`).slice(0, 32)}`;
    const own = this.#servers(this.#ice.config(user, TEST_TTL_SECONDS));
    const longer = this.#servers(this.#ice.config(user, ICE_TTL_SECONDS));
    const servers = own.servers.map((server) => ({
      ...server,
      ...(server.credentials !== "none" && own.own && { own: own.own }),
      ...(server.credentials === "minted" && longer.own &&
        { longer: longer.own }),
    }));
    return { source: this.view().source, servers, now: this.#clock.wall() };
  }

  #servers(config: IceServers): Pick<NetworkView, "servers"> & Own {
    const { turnUsr, turnPwd } = config;
    const own = turnUsr !== undefined && turnPwd !== undefined
      ? { username: turnUsr, credential: turnPwd }
      : undefined;
    const credentials = own === undefined
      ? "missing"
      : this.#ice.source() === "pbx"
      ? "fixed"
      : "minted";
    const servers = [
      ...stunUrls(config).map((url) => ({ url, credentials: "none" as const })),
      ...turnUrls(config).map((url) => ({ url, credentials } as const)),
    ];
    return { servers, ...(own && { own }) };
  }
}

interface Own {
  own?: { username: string; credential: string };
}

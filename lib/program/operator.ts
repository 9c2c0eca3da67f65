import { getLogger } from "@logtape/logtape";
import type { Pbx } from "@/lib/admin/pbx.ts";
import type { Clock } from "@/lib/base/clock.ts";
import type { Directory } from "@/lib/contact/directory.ts";
import type { DeskBank } from "@/lib/desk/bank.ts";
import type { Metrics } from "@/lib/metrics/metrics.ts";
import type { PbxBank } from "@/lib/pbx/pbx_bank.ts";
import type { Asker, OperatorEndpoints } from "@/lib/port/handlers.ts";
import { Networks } from "@/lib/port/networks.ts";
import type { Sockets } from "@/lib/port/ws_sockets.ts";
import type { Store } from "@/lib/store/open.ts";
import { whyNotWritten } from "@/lib/store/write_probe.ts";
import type { Statistics } from "@/lib/statistics/statistics.ts";
import type { VisitorBank } from "@/lib/visitor/bank.ts";
import {
  type ClusterFigures,
  clusterGauges,
  type HomeFigures,
} from "./cluster_gauges.ts";
import { gauges } from "./gauges.ts";
import { type Need, Readiness } from "./readiness.ts";
import { storeBytes } from "./store_size.ts";
import type { Config } from "./settings.ts";

const log = getLogger(["widgets", "readiness"]);

/** Minimum time between two writes of `/readyz` to the store. */
const WRITE_EVERY_MS = 5_000;

export interface OperatorOptions {
  config: Config;
  clock: Clock;
  counters: Metrics;
  store: Pick<Store, "probe">;
  pbx: Pick<Pbx, "isLinked"> & { bank: Pick<PbxBank, "status"> };
  visitors: Pick<VisitorBank, "size">;
  directory: Pick<Directory, "presences">;
  statistics: Pick<Statistics, "pending">;
  desk: Pick<DeskBank, "presences">;
  /** Absent for a single process. */
  cluster?: ClusterFigures | undefined;
  homes?: HomeFigures | undefined;
}

/** The operator's endpoints: liveness, readiness and metrics. */
export class Operator implements OperatorEndpoints {
  readonly #metrics: Metrics;
  readonly #metricsFrom: Networks;
  readonly #readiness: Readiness;
  #sockets: (() => Sockets) | undefined;

  constructor(options: OperatorOptions) {
    const { config, clock, counters, visitors, directory } = options;
    const { statistics, pbx, desk } = options;
    this.#metrics = counters;
    this.#metricsFrom = new Networks(config.metricsFrom);
    this.#readiness = new Readiness(needsOf(options), clock);
    gauges(
      counters,
      {
        ...{ visitors, directory, statistics, desk, pbx: pbx.bank },
        storeBytes: () => storeBytes(config),
        readiness: this.#readiness,
      },
      () => this.#sockets?.() ?? {},
    );
    const { cluster, homes } = options;
    if (cluster && homes) clusterGauges(counters, cluster, homes);
  }

  /** Sets the source of the number of sockets. */
  watch(sockets: () => Sockets): void {
    this.#sockets = sockets;
  }

  /** Must be called when the service begins to stop. */
  stop(): void {
    this.#readiness.stop();
  }

  /** Answers the three paths for operators. */
  answer(pathname: string, asker: Asker): Promise<Response> | undefined {
    switch (pathname) {
      case "/healthz":
        return Promise.resolve(plain("ok\n", 200));
      case "/readyz":
        return this.#readiness.answer();
      case "/metrics":
        return this.#measured(asker);
      default:
        return undefined;
    }
  }

  async #measured({ address, isRelayed }: Asker): Promise<Response> {
    if (isRelayed) {
      const text = "Name the proxy in CW_TRUSTED_PROXIES to see metrics\n";
      return plain(text, 403);
    }
    if (!this.#metricsFrom.has(address)) {
      return plain("CW_METRICS_FROM does not name this address\n", 403);
    }
    const headers = { "content-type": this.#metrics.contentType };
    return new Response(await this.#metrics.text(), { headers });
  }
}

/** Writes to the store, because a full disk can still be read. The same error
 * is logged once, because the log could fill the disk too. */
function storeNeed({ probe }: Pick<Store, "probe">): Need {
  let logged = "";
  return {
    name: "store",
    keptMs: WRITE_EVERY_MS,
    async check() {
      try {
        await probe.check();
        logged = "";
        return undefined;
      } catch (error) {
        if (logged !== String(error)) {
          log.error("Cannot write to the store: {error}", { error });
        }
        logged = String(error);
        return `cannot write: ${whyNotWritten(error)}`;
      }
    },
  };
}

function needsOf({ config, store, pbx }: OperatorOptions): Need[] {
  const needs: Need[] = [storeNeed(store)];
  const { readyPbx, pbxPassword } = config;
  if (readyPbx === "yes" || readyPbx === "auto" && pbxPassword !== "") {
    needs.push({
      name: "pbx",
      check: () =>
        Promise.resolve(
          pbx.isLinked() ? undefined : "no link",
        ),
    });
  }
  return needs;
}

function plain(text: string, status: number): Response {
  return new Response(text, {
    status,
    headers: { "cache-control": "no-store" },
  });
}

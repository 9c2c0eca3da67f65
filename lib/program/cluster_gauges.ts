import type { Metrics, Sample } from "@/lib/metrics/metrics.ts";
import { PREFIX } from "@/lib/metrics/names.ts";

/** This process as one of several instances, in figures. */
export interface ClusterFigures {
  bus: { readonly isAway: boolean };
  cluster: {
    members: {
      all(): readonly unknown[];
      readonly latencyMs: number | undefined;
    };
    pipes: { readonly size: number };
  };
}

/** The pages and agents that this instance has for others, or others for it. */
export interface HomeFigures {
  /** Sockets whose pages have their home at another instance. */
  readonly relayed: number;
  /** Agents whose workspaces are here. */
  readonly workspaces: number;
}

/** Registers the gauges of one of several instances. A single process has
 * none. */
export function clusterGauges(
  metrics: Metrics,
  { bus, cluster: { members, pipes } }: ClusterFigures,
  homes: HomeFigures,
): void {
  const one = (name: string, help: string, read: () => Sample[]) =>
    metrics.gauge(`${PREFIX}cluster_${name}`, help, { read });
  one(
    "members",
    "Other instances of the service that answer",
    () => [[members.all().length]],
  );
  one(
    "bus_connected",
    "1 while this instance is connected to NATS, else 0",
    () => [[bus.isAway ? 0 : 1]],
  );
  one(
    "bus_latency_seconds",
    "Seconds that a message of this instance to itself took over NATS",
    () => {
      const { latencyMs } = members;
      return latencyMs === undefined ? [] : [[latencyMs / 1_000]];
    },
  );
  one("pipes", "Connections to other instances", () => [[pipes.size]]);
  one(
    "relayed_sockets",
    "Sockets whose pages are served by another instance",
    () => [[homes.relayed]],
  );
  one(
    "workspaces",
    "Agents whose desks are served by this instance",
    () => [[homes.workspaces]],
  );
}

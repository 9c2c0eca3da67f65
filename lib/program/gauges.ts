import process from "node:process";
import type { Directory } from "@/lib/contact/directory.ts";
import type { DeskBank } from "@/lib/desk/bank.ts";
import type { Metrics, Sample } from "@/lib/metrics/metrics.ts";
import { PREFIX } from "@/lib/metrics/names.ts";
import type { LinkStatus } from "@/lib/pbx/status.ts";
import type { PbxBank } from "@/lib/pbx/pbx_bank.ts";
import { type Descriptors, readDescriptors } from "@/lib/port/descriptors.ts";
import type { Sockets } from "@/lib/port/ws_sockets.ts";
import type { Statistics } from "@/lib/statistics/statistics.ts";
import type { VisitorBank } from "@/lib/visitor/bank.ts";
import type { Readiness } from "./readiness.ts";
import { VERSION } from "./version.ts";

/** Registers the gauges that Prometheus reads on each scrape. */
export function gauges(
  metrics: Metrics,
  { visitors, directory, desk, pbx, statistics, storeBytes, readiness }: {
    visitors: Pick<VisitorBank, "size">;
    directory: Pick<Directory, "presences">;
    statistics: Pick<Statistics, "pending">;
    pbx: Pick<PbxBank, "status">;
    desk: Pick<DeskBank, "presences">;
    /** Undefined if the store is not a file. */
    storeBytes(): number | undefined;
    readiness: Pick<Readiness, "missing">;
  },
  sockets: () => Partial<Sockets>,
): void {
  metrics.gauge(`${PREFIX}info`, "Versions of the program and its runtime", {
    labels: ["version", "deno"],
    read: () => [[1, { version: VERSION, deno: Deno.version.deno }]],
  });
  metrics.gauge(`${PREFIX}visitors`, "Pages that show a widget now", {
    read: () => [[visitors.size]],
  });
  const kinds = (pick: (one: Sockets[keyof Sockets]) => number): Sample[] =>
    Object.entries(sockets()).map(([kind, one]) => [pick(one), { kind }]);
  metrics.gauge(`${PREFIX}sockets`, "Open WebSockets", {
    labels: ["kind"],
    read: () => kinds(({ open }) => open),
  });
  metrics.gauge(
    `${PREFIX}send_queue_bytes`,
    "Bytes queued for slow sockets, by kind",
    { labels: ["kind"], read: () => kinds(({ queued }) => queued) },
  );
  metrics.gauge(
    `${PREFIX}statistics_waiting_rows`,
    "Rows of statistics that are not stored yet",
    { read: () => [[statistics.pending]] },
  );
  metrics.gauge(`${PREFIX}store_bytes`, "Size of the store's files, in bytes", {
    read: () => {
      const bytes = storeBytes();
      return bytes === undefined ? [] : [[bytes]];
    },
  });
  metrics.gauge(`${PREFIX}ready`, "1 if /readyz answers 200, else 0", {
    read: async () => [[(await readiness.missing()).length === 0 ? 1 : 0]],
  });
  agentGauges(metrics, { directory, desk });
  pbxGauges(metrics, pbx);
  processGauges(metrics);
  descriptorGauges(metrics);
}

function agentGauges(
  metrics: Metrics,
  { directory, desk }: {
    directory: Pick<Directory, "presences">;
    desk: Pick<DeskBank, "presences">;
  },
): void {
  const byPresence = (
    name: string,
    help: string,
    presences: () => Record<string, number>,
  ) =>
    metrics.gauge(`${PREFIX}${name}`, help, {
      labels: ["presence"],
      read: () =>
        Object.entries(presences())
          .map(([presence, count]): Sample => [count, { presence }]),
    });
  byPresence(
    "shown_agents",
    "Agents shown to visitors now, by presence",
    () => directory.presences(),
  );
  byPresence(
    "desk_agents",
    "Agents with a desk, by the presence that visitors see",
    () => desk.presences(),
  );
}

function pbxGauges(metrics: Metrics, pbx: Pick<PbxBank, "status">): void {
  const perLink = (
    name: string,
    help: string,
    pick: (link: LinkStatus) => number | undefined,
  ) =>
    metrics.gauge(`${PREFIX}pbx_${name}`, help, {
      labels: ["pbx"],
      read: () =>
        pbx.status().links.flatMap((link): Sample[] => {
          const value = pick(link);
          return value === undefined ? [] : [[value, { pbx: link.key }]];
        }),
    });
  metrics.gauge(`${PREFIX}pbx_links`, "Linked PBXs", {
    read: () => [[pbx.status().links.length]],
  });
  metrics.gauge(
    `${PREFIX}pbx_refused`,
    "Rejected PBX and PBX user logins since start, by reason",
    {
      labels: ["reason"],
      read: () =>
        Object.entries(pbx.status().refused)
          .map(([reason, count]): Sample => [count, { reason }]),
    },
  );
  perLink(
    "round_trip_seconds",
    "Seconds of the last round trip, by PBX",
    ({ roundTripMs }) => roundTripMs && roundTripMs / 1_000,
  );
  perLink(
    "registered",
    "1 if visitors' calls can go through this PBX",
    ({ registration }) => registration === "registered" ? 1 : 0,
  );
  perLink("calls", "Calls at this PBX", ({ calls }) => calls);
  perLink("chats", "Chats at this PBX", ({ chats }) => chats);
  perLink(
    "problems",
    "Invalid messages and unanswered requests, by PBX",
    ({ problems }) => problems,
  );
}

function descriptorGauges(metrics: Metrics): void {
  const one = (name: string, help: string, pick: keyof Descriptors) =>
    metrics.gauge(name, help, {
      read: () => {
        const found = readDescriptors();
        return found === undefined ? [] : [[found[pick]]];
      },
    });
  one("process_open_fds", "Open file descriptors", "open");
  one("process_max_fds", "Limit of open file descriptors", "max");
}

/** The standard names, which standard dashboards know. */
function processGauges(metrics: Metrics): void {
  const started = Date.now() / 1_000 - performance.now() / 1_000;
  const one = (name: string, help: string, read: () => number) =>
    metrics.gauge(name, help, { read: () => [[read()]] });
  one("process_resident_memory_bytes", "Resident memory, in bytes", () => {
    return Deno.memoryUsage().rss;
  });
  one("process_heap_bytes", "JavaScript heap in use, in bytes", () => {
    return Deno.memoryUsage().heapUsed;
  });
  one(
    "process_start_time_seconds",
    "Start time, in seconds since 1970",
    () => started,
  );
  one(
    "process_cpu_seconds_total",
    "User and system CPU time, in seconds",
    () => {
      const { user, system } = process.cpuUsage();
      return (user + system) / 1e6;
    },
  );
}

import { deepEqual, doesNotMatch, equal, match, ok } from "node:assert/strict";
import process from "node:process";
import { Metrics } from "@/lib/metrics/metrics.ts";
import type { LinkStatus } from "@/lib/pbx/status.ts";
import { readDescriptors } from "@/lib/port/descriptors.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { clusterGauges } from "./cluster_gauges.ts";
import { gauges } from "./gauges.ts";

const DASHBOARD = new URL(
  "../../deploy/grafana/contact-widgets.json",
  import.meta.url,
);

const ALERTS = new URL(
  "../../deploy/prometheus/contact-widgets.rules.yml",
  import.meta.url,
);
const GUIDE = new URL("../../docs/operator.md", import.meta.url);

Deno.test("gauges report sockets, queues and each PBX", async () => {
  const metrics = played();

  const text = await metrics.text();

  match(text, /^contact_widgets_visitors 3$/m);
  match(text, /^contact_widgets_sockets\{kind="desk"\} 2$/m);
  match(text, /^contact_widgets_send_queue_bytes\{kind="visitor"\} 700$/m);
  match(text, /^contact_widgets_pbx_links 1$/m);
  match(text, /^contact_widgets_shown_agents\{presence="dnd"\} 6$/m);
  match(text, /^contact_widgets_shown_agents\{presence="offline"\} 0$/m);
  match(text, /^contact_widgets_desk_agents\{presence="online"\} 2$/m);
  match(text, /^contact_widgets_store_bytes 81920$/m);
  match(text, /^contact_widgets_ready 0$/m);
  match(text, /^contact_widgets_pbx_refused\{reason="address"\} 2$/m);
  match(text, /^contact_widgets_pbx_round_trip_seconds\{pbx="hq"\} 0\.012$/m);
  match(text, /^contact_widgets_pbx_registered\{pbx="hq"\} 1$/m);
  match(text, /^contact_widgets_pbx_problems\{pbx="hq"\} 4$/m);
});

Deno.test("gauges report the calls and chats of a PBX, and the process in seconds and bytes", async () => {
  const text = await played().text();
  const valueOf = (name: string) =>
    Number(new RegExp(`^${name} (\\S+)$`, "m").exec(text)?.[1]);

  match(text, /^contact_widgets_pbx_calls\{pbx="hq"\} 1$/m);
  match(text, /^contact_widgets_pbx_chats\{pbx="hq"\} 0$/m);
  const started = (Date.now() - performance.now()) / 1_000;
  ok(Math.abs(valueOf("process_start_time_seconds") - started) < 5);
  const { user, system } = process.cpuUsage();
  const seconds = (user + system) / 1e6;
  ok(Math.abs(valueOf("process_cpu_seconds_total") - seconds) < 1);
  const { rss, heapUsed } = Deno.memoryUsage();
  for (const [name, bytes] of [["resident_memory", rss], ["heap", heapUsed]]) {
    const share = valueOf(`process_${name}_bytes`) / Number(bytes);
    ok(share > 0.5 && share < 2, `${name}: ${share}`);
  }
  const found = readDescriptors();
  if (found === undefined) return; // Only Linux shows them.
  ok(Math.abs(valueOf("process_open_fds") - found.open) < 20);
  equal(valueOf("process_max_fds"), found.max);
});

Deno.test("a gauge without a value is left out, and the service is ready if nothing is missing", async () => {
  const text = await played({
    link: { roundTripMs: undefined, registration: "pending" },
    storeBytes: () => undefined,
    missing: [],
  }).text();

  match(text, /^contact_widgets_ready 1$/m);
  match(text, /^contact_widgets_pbx_registered\{pbx="hq"\} 0$/m);
  doesNotMatch(text, /^contact_widgets_pbx_round_trip_seconds\{/m);
  doesNotMatch(text, /^contact_widgets_store_bytes /m);
});

Deno.test("an instance reports the others, the bus, relayed pages and its agents", async () => {
  const metrics = new Metrics(new FakeClock());
  const none = await metrics.text();
  const { bus, members } = cluster(metrics);

  const text = await metrics.text();
  bus.isAway = true;
  members.latencyMs = undefined;
  const away = await metrics.text();

  ok(!none.includes("# TYPE contact_widgets_cluster_members"));
  match(text, /^contact_widgets_cluster_members 2$/m);
  match(text, /^contact_widgets_cluster_bus_connected 1$/m);
  match(text, /^contact_widgets_cluster_bus_latency_seconds 0\.0025$/m);
  match(text, /^contact_widgets_cluster_pipes 7$/m);
  match(text, /^contact_widgets_cluster_relayed_sockets 5$/m);
  match(text, /^contact_widgets_cluster_workspaces 4$/m);
  match(text, /^contact_widgets_cluster_bad_frames_total 0$/m);
  match(text, /^contact_widgets_cluster_resent_frames_total 0$/m);
  match(away, /^contact_widgets_cluster_bus_connected 0$/m);
  doesNotMatch(away, /^contact_widgets_cluster_bus_latency_seconds /m);
});

Deno.test("every figure that operators need has a metric", async () => {
  const metrics = played();
  const needed: Record<string, string[]> = {
    visitors: ["visitors", "visitor_started_total", "visitor_opened_total"],
    "chats and calls by state": ["contacts"],
    "and by cause": ["contact_ended_total"],
    "presence latency": ["presence_fan_out_seconds"],
    "PBX round trip": ["pbx_round_trip_seconds"],
    "queue sizes": ["send_queue_bytes", "statistics_waiting_rows"],
    "refusals by limit": [
      "visitor_limited_total",
      "visitor_closed_total",
      "socket_cut_total",
      "statistics_lost_total",
    ],
  };

  const text = await metrics.text();

  for (const [thing, names] of Object.entries(needed)) {
    for (const name of names) {
      ok(text.includes(`# TYPE contact_widgets_${name} `), thing);
    }
  }
  match(text, /^process_resident_memory_bytes \d+$/m);
  match(text, /^contact_widgets_statistics_waiting_rows 5$/m);
});

for (
  const [what, file] of [["dashboard", DASHBOARD], [
    "alert rules",
    ALERTS,
  ]] as const
) {
  Deno.test(`the ${what} query only metrics that exist`, async () => {
    const source = await Deno.readTextFile(file);
    const asked = new Set(
      [...source.matchAll(/\b(contact_widgets_\w+|process_\w+)/g)]
        .map(([name]) => name.replace(/_(bucket|count|sum)$/, "")),
    );

    const text = await played().text();

    const known = [...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name);
    ok(asked.size > 10);
    deepEqual([...asked].filter((name) => !known.includes(name)), []);
  });
}

Deno.test("each alert has an expression, a duration, a severity, a summary, and a section in the operator's guide", async () => {
  const rules = (await Deno.readTextFile(ALERTS)).split("- alert: ").slice(1);
  const guide = await Deno.readTextFile(GUIDE);

  ok(rules.length >= 12, `${rules.length} rules`);
  for (const rule of rules) {
    const [name = ""] = rule.split("\n");
    match(rule, /^ +expr: >-\n +\S/m, name);
    match(rule, /^ +for: \d+[mh]$/m, name);
    match(rule, /^ +severity: (critical|warning)$/m, name);
    match(rule, /^ +summary: .{20,}/m, name);
    ok(guide.includes(`\`${name}\``), `${name} is in the guide`);
  }
});

function cluster(metrics: Metrics) {
  const bus = { isAway: false };
  const members = {
    all: () => ["one", "two"],
    latencyMs: 2.5 as number | undefined,
  };
  const figures = { bus, cluster: { members, pipes: { size: 7 } } };
  clusterGauges(metrics, figures, { relayed: 5, workspaces: 4 });
  return { bus, members };
}

function played({
  link: changes = {},
  storeBytes = () => 81_920,
  missing = ["store: no answer"],
}: {
  link?: Partial<LinkStatus>;
  storeBytes?: () => number | undefined;
  missing?: string[];
} = {}): Metrics {
  const metrics = new Metrics(new FakeClock());
  const link: LinkStatus = {
    key: "hq",
    pbx: "hq",
    domain: "example.com",
    dns: "",
    version: "",
    build: "",
    address: "192.0.2.1",
    since: 0,
    apis: [],
    missing: [],
    registration: "registered",
    registrationError: "",
    subscriptions: 0,
    calls: 1,
    chats: 0,
    roundTripMs: 12,
    received: 0,
    sent: 0,
    problems: 4,
    errors: [],
    ...changes,
  };
  const refused = { address: 2, login: 1 };
  const status = { links: [link], waiting: 0, refusals: [], refused };
  gauges(
    metrics,
    {
      visitors: { size: 3 },
      directory: {
        presences: () => ({ online: 1, away: 0, busy: 0, dnd: 6, offline: 0 }),
      },
      statistics: { pending: 5 },
      pbx: { status: () => status },
      desk: {
        presences: () => ({ online: 2, away: 1, busy: 0, dnd: 0, offline: 4 }),
      },
      storeBytes,
      readiness: { missing: () => Promise.resolve(missing) },
    },
    () => ({
      visitor: { open: 3, queued: 700 },
      desk: { open: 2, queued: 0 },
      pbx: { open: 1, queued: 0 },
    }),
  );
  cluster(metrics);
  return metrics;
}

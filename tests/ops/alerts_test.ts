import { deepEqual, equal, match, ok } from "node:assert/strict";
import { getProgram } from "@/tests/support/get_debian.ts";
import { INSTANCE_METRICS } from "@/tests/support/instance_metrics.ts";
import { startService } from "@/tests/support/service.ts";

const DEPLOY = new URL("../../deploy/", import.meta.url);
const RULES = new URL("prometheus/contact-widgets.rules.yml", DEPLOY);
const DASHBOARD = new URL("grafana/contact-widgets.json", DEPLOY);
const UNIT_TESTS = new URL("alert_rules.test.yml", import.meta.url);

/** Made for each linked PBX, so a service without one has no values of them. */
const PER_PBX = [
  "contact_widgets_pbx_registered",
  "contact_widgets_pbx_round_trip_seconds",
];

/** The selector of a query: a metric, and labels that its values must have. */
interface Selector {
  text: string;
  name: string;
  matchers: { label: string; isEqual: boolean; value: string }[];
}

Deno.test("a fresh start has a value for everything that alerts and dashboard query", async () => {
  await using service = await startService();
  const metrics = await (await fetch(`${service.url}/metrics`)).text();
  const selectors = (await queries()).flatMap(selectorsOf);

  const missing = selectors
    .filter(({ name }) => ![...PER_PBX, ...INSTANCE_METRICS].includes(name))
    .filter((selector) => !hasValue(metrics, selector));

  deepEqual(new Set(missing.map(({ text }) => text)), new Set());
  ok(selectors.length > 40, `${selectors.length} selectors`);
  for (const name of PER_PBX) {
    match(metrics, new RegExp(`^# TYPE ${name} `, "m"));
  }
});

Deno.test("every counter is exported as 0 before it counts", async () => {
  await using service = await startService();
  const metrics = await (await fetch(`${service.url}/metrics`)).text();
  const counters = [...metrics.matchAll(/^# TYPE (\S+) counter$/gm)]
    .map(([, name = ""]) => name);

  const missing = counters.filter((name) => !hasValue(metrics, plain(name)));

  deepEqual(missing, []);
  ok(counters.length >= 13, `${counters.length} counters`);
});

Deno.test("every metric of an alert has a panel in the dashboard", async () => {
  const inPanels = (await panelQueries()).flatMap(selectorsOf)
    .map(({ name }) => name);
  const alerted = (await alertQueries()).flatMap(selectorsOf)
    .map(({ name }) => name);

  ok(alerted.length >= 16);
  deepEqual(
    [...new Set(alerted)].filter((name) => !inPanels.includes(name)),
    [],
  );
});

Deno.test("Prometheus accepts the alert rules", async () => {
  const { code, text } = await promtool("check", "rules", RULES.pathname);

  equal(code, 0, text);
  match(text, /SUCCESS: \d+ rules found/);
});

Deno.test("the alerts fire exactly when they should", async () => {
  const { code, text } = await promtool("test", "rules", UNIT_TESTS.pathname);

  equal(code, 0, text);
  match(text, /SUCCESS/);
});

Deno.test("every alert has a unit test", async () => {
  const rules = await Deno.readTextFile(RULES);
  const tests = await Deno.readTextFile(UNIT_TESTS);

  const alerts = [...rules.matchAll(/- alert: (\w+)/g)].map(([, one]) => one);
  const tested = [...tests.matchAll(/alertname: (\w+)/g)].map(([, one]) => one);
  deepEqual(alerts.filter((name) => !tested.includes(name)), []);
});

async function queries(): Promise<string[]> {
  return [...await alertQueries(), ...await panelQueries()];
}

async function alertQueries(): Promise<string[]> {
  const rules = await Deno.readTextFile(RULES);
  return [...rules.matchAll(/expr: >-\n +(.+)/g)].map(([, expr = ""]) => expr);
}

async function panelQueries(): Promise<string[]> {
  const { panels } = JSON.parse(await Deno.readTextFile(DASHBOARD));
  return panels.flatMap(({ targets }: { targets: { expr: string }[] }) =>
    targets.map(({ expr }) => expr)
  );
}

function selectorsOf(query: string): Selector[] {
  const pattern = /\b((?:contact_widgets|process)_\w+)(?:\{([^}]*)\})?/g;
  return [...query.matchAll(pattern)].map(([text, name = "", inside = ""]) => ({
    text,
    name,
    matchers: [...inside.matchAll(/(\w+)(!?=)"([^"]*)"/g)]
      // Prometheus adds these two labels.
      .filter(([, label = ""]) => !["job", "instance"].includes(label))
      .map(([, label = "", operator, value = ""]) => ({
        label,
        isEqual: operator === "=",
        value,
      })),
  }));
}

function plain(name: string): Selector {
  return { text: name, name, matchers: [] };
}

function hasValue(metrics: string, { name, matchers }: Selector): boolean {
  return metrics.split("\n").some((line) => {
    const [, own, inside = ""] = /^(\w+)(?:\{(.*)\})? \S+$/.exec(line) ?? [];
    return own === name &&
      matchers.every(({ label, isEqual, value }) =>
        new RegExp(`(^|,)${label}="${value}"`).test(inside) === isEqual
      );
  });
}

async function promtool(
  ...args: string[]
): Promise<{ code: number; text: string }> {
  const program = await getProgram("promtool");
  const { code, stdout, stderr } = await new Deno.Command(program, { args })
    .output();
  const decoder = new TextDecoder();
  return { code, text: decoder.decode(stdout) + decoder.decode(stderr) };
}

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { AdminClient, PASSWORD } from "@/tests/support/admin_client.ts";
import { openCollector } from "@/tests/support/collector.ts";
import { type Service, startService } from "@/tests/support/service.ts";
import { openWire } from "@/tests/support/wire.ts";

// What operators ask the program: health, metrics, logs.

interface Line {
  level: string;
  message: string;
  /** The message without its values. */
  template: string;
  properties: Record<string, unknown>;
}

Deno.test("the service is alive, ready and reports its state", async () => {
  await using service = await startService({
    args: [`--admin-password=${PASSWORD}`],
  });
  const admin = await AdminClient.signIn(service.url, "admin", PASSWORD);
  const { uuid } = await admin.addWidget("sidebar", () => {});
  await using page = await openWire<{ mt: string }>(
    `${service.url}/widgets/service`,
  );
  page.say({ mt: "Start", uuid });
  await page.heard.until(({ mt }) => mt === "Session");

  const metrics = await textOf(`${service.url}/metrics`);

  equal(await textOf(`${service.url}/healthz`), "ok\n");
  equal(await textOf(`${service.url}/readyz`), "ready\n");
  match(metrics, /^contact_widgets_info\{version="\d+\.\d+\.\d+",.*\} 1$/m);
  match(metrics, /^contact_widgets_visitors 1$/m);
  match(metrics, /^contact_widgets_sockets\{kind="visitor"\} 1$/m);
  match(
    metrics,
    /^contact_widgets_visitor_started_total\{resumed="false"\} 1$/m,
  );
  match(metrics, /^contact_widgets_http_answers_total\{status="2xx"\} [1-9]/m);
  match(metrics, /^contact_widgets_pbx_links 0$/m);
  match(metrics, /^process_resident_memory_bytes \d{8,}$/m);
});

Deno.test("only addresses in CW_METRICS_FROM can read metrics, and none behind an untrusted proxy", async () => {
  await using service = await startService({
    args: ["--metrics-from=192.0.2.0/24", "--trusted-proxies=127.0.0.1"],
  });
  const asked = (from: string) =>
    statusOf(service, "/metrics", { "x-forwarded-for": from });
  await using untrusting = await startService();

  equal(await statusOf(service, "/metrics"), 403);
  equal(await asked("192.0.2.7"), 200);
  equal(await asked("198.51.100.7"), 403);
  equal(
    await statusOf(untrusting, "/metrics", { "x-forwarded-for": "127.0.0.1" }),
    403,
  );
});

Deno.test("with a PBX configured the service is ready once one is linked", async () => {
  await using service = await startService({ args: ["--pbx-password=x"] });
  await using other = await startService({
    args: ["--pbx-password=x", "--ready-pbx=no"],
  });

  const response = await fetch(`${service.url}/readyz`);

  equal(response.status, 503);
  equal(await response.text(), "pbx: no link\n");
  equal(await textOf(`${other.url}/readyz`), "ready\n");
});

Deno.test("as JSON, each log line is an object with the request's id and no names", async () => {
  await using service = await startService({
    args: [`--admin-password=${PASSWORD}`, "--log=debug", "--log-format=json"],
  });
  await AdminClient.signIn(service.url, "admin", PASSWORD);
  const given = await fetch(`${service.url}/login?secret=1`, {
    headers: { "x-request-id": "from-the-proxy-1" },
  });
  await given.body?.cancel();
  const own = await fetch(`${service.url}/login`, {
    headers: { "x-request-id": "bad id" },
  });
  await own.body?.cancel();
  await service.stop();

  const lines = service.output().trim().split("\n")
    .map((line): Line => JSON.parse(line));
  const requests = lines.filter(({ template }) =>
    template.includes("{method}")
  );
  deepEqual(
    requests.map(({ properties: { method, path, status } }) => [
      method,
      path,
      status,
    ]),
    [["POST", "/login", 303], ["GET", "/login", 200], ["GET", "/login", 200]],
  );
  equal(requests[1]?.properties.requestId, "from-the-proxy-1");
  equal(given.headers.get("x-request-id"), "from-the-proxy-1");
  match(own.headers.get("x-request-id") ?? "", /^[0-9a-f-]{36}$/);
  equal(
    requests[2]?.properties.requestId,
    own.headers.get("x-request-id"),
  );
  const text = JSON.stringify(requests);
  ok(!text.includes("secret") && !text.includes("admin"));
});

Deno.test("as JSON, values are in the properties of a line, with one template per kind", async () => {
  await using service = await startService({
    args: ["--log=info", "--log-format=json", "--turn=turn.example.com"],
  });
  await service.stop();

  const lines = service.output().trim().split("\n")
    .map((line): Line => JSON.parse(line));
  const ofKind = (template: string) =>
    lines.filter((line) => line.template === template)
      .map(({ message, properties }) => [message, properties]);
  const signIn = service.setupUrl ??
    /Sign in +(http[^\s"]+)/.exec(service.output())?.[1];
  deepEqual(ofKind("URL      {url}"), [
    [`URL      ${service.url}/`, { url: `${service.url}/` }],
  ]);
  deepEqual(ofKind("Sign in  {url}"), [
    [`Sign in  ${signIn}`, { url: signIn }],
  ]);
  const previews = ofKind("Preview  {url}");
  equal(previews.length, 2);
  for (const [message, properties] of previews) {
    match(String(message), /^Preview {2}http:.*\/preview\/[0-9a-f]{32}$/);
    deepEqual(properties, { url: String(message).slice(9) });
  }
  const warning = "CW_TURN is not used, because CW_TURN_SECRET is empty";
  deepEqual(ofKind("Check the settings: {warning}"), [
    [`Check the settings: ${warning}`, { warning }],
  ]);
  for (const { message, template, properties } of lines) {
    const filled = template.replaceAll(
      /\{(\w+)\}/g,
      (_, name: string) => String(properties[name]),
    );
    equal(message, filled);
  }
});

Deno.test("with OTEL_DENO the runtime exports traces, metrics and logs", async () => {
  await using collector = openCollector();
  await using service = await startService({ by: collector.by });

  await textOf(`${service.url}/login`);
  await collector.until(() => collector.paths.size === 3);

  deepEqual([...collector.paths].sort(), [
    "/v1/logs",
    "/v1/metrics",
    "/v1/traces",
  ]);
  await service.stop("SIGKILL");
});

async function textOf(url: string): Promise<string> {
  const response = await fetch(url);
  const text = await response.text();
  equal(response.status, 200, text);
  return text;
}

async function statusOf(
  { url }: Service,
  path: string,
  headers: Record<string, string> = {},
): Promise<number> {
  const response = await fetch(url + path, { headers });
  await response.body?.cancel();
  return response.status;
}

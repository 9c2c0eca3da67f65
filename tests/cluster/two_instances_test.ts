import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import type { ServiceMessage } from "@/lib/protocol/desk/service_messages.ts";
import type { WidgetView } from "@/lib/protocol/admin/messages.ts";
import type { PbxView, TracePage } from "@/lib/protocol/admin/pbx.ts";
import { AdminClient } from "../support/admin_client.ts";
import { DeskAgent } from "../support/desk_agent.ts";
import { Heard } from "../support/heard.ts";
import { INSTANCE_METRICS } from "../support/instance_metrics.ts";
import { type NatsServer, startNats } from "../support/nats_server.ts";
import { everyDay } from "../support/opening_hours.ts";
import { type PostgresServer, startPostgres } from "../support/postgres.ts";
import { OPCODE, RawWebSocket } from "../support/raw_websocket.ts";
import { type Service, startService } from "../support/service.ts";
import { SimulatedPbx } from "../support/simulated_pbx/simulated_pbx.ts";
import { webSocketWire } from "../support/simulated_pbx/wire.ts";
import { setStage, type Stage } from "../support/stage.ts";

// Two programs on one PostgreSQL and one NATS, as operators run them.

const MAIN = new URL("../../main.ts", import.meta.url).pathname;
const SECRET_KEY = "--secret-key=the key of two instances";
const NATS_PASSWORD = "n:a/t@s";
const PBX_PASSWORD = "s3cret";

let postgres: PostgresServer;
let nats: NatsServer;
let stage: Stage;
let kv: string;
let one: Service;
let other: Service;

Deno.test.beforeAll(async () => {
  const config = `authorization { user: cw, password: "${NATS_PASSWORD}" }`;
  [postgres, nats] = await Promise.all([
    startPostgres(),
    startNats({ config }),
  ]);
  kv = await postgres.newUrl();
  stage = await setStage(2, { kv });
  [one, other] = await Promise.all([startInstance(), startInstance()]);
});
Deno.test.afterAll(async () => {
  await Promise.all([one?.stop(), other?.stop()]);
  await stage?.[Symbol.asyncDispose]();
  await Promise.all([nats, postgres].map((it) => it?.[Symbol.asyncDispose]()));
});

function natsUrl(password = NATS_PASSWORD): string {
  return `nats://cw:${encodeURIComponent(password)}@${nats.host}`;
}

function startInstance(): Promise<Service> {
  return startService({
    args: [
      ...[`--kv=${kv}`, `--nats=${natsUrl()}`, SECRET_KEY],
      ...[`--pbx-password=${PBX_PASSWORD}`, "--ready-pbx=no"],
    ],
  });
}

/** The programs of all tests may print a warning at any time. */
function test(name: string, fn: () => Promise<void>): void {
  Deno.test({ name, fn, sanitizeOps: false });
}

/** Some members of each message to a visitor's page. */
interface ToPage {
  mt: string;
  state?: string;
  text?: string;
  name?: string;
  dn?: string;
  presence?: string;
  error?: string;
  cause?: number;
}

/** A visitor's page without a browser. */
async function openPage({ url }: Service) {
  const heard = new Heard<ToPage>();
  const socket = await RawWebSocket.connect(`${url}/widgets/service`, {
    onFrame(opcode, payload) {
      if (opcode !== OPCODE.text) return;
      heard.tell(JSON.parse(new TextDecoder().decode(payload)));
    },
  });
  const say = (message: unknown) => socket.send(JSON.stringify(message));
  await say({ mt: "Start", uuid: stage.widget, v: 1 });
  await heard.until(({ mt }) => mt === "Session");
  return { heard, say, [Symbol.dispose]: () => socket.drop() };
}

test("an agent at one instance is available to a visitor of another, writes with them, and both see the end", async () => {
  const [, agent] = stage.agents;
  using page = await openPage(one);
  const { heard } = page;
  const shows = (presence: string) => (message: ToPage) =>
    message.mt === "Info" && message.presence === presence &&
    message.dn === "Agent 1";
  await heard.until(shows("offline"));
  const desk = new Heard<ServiceMessage>();
  using atDesk = await DeskAgent.connect(
    other.url,
    agent?.cookie ?? "",
    desk.tell,
  );
  await heard.until(shows("online"));

  await page.say({ mt: "CreateChat", dest: agent?.address, dn: "Ada" });
  const rung = await desk.until(({ type }) => type === "chat");
  const chat = rung.type === "chat" ? rung.chat.id : "";
  atDesk.say({ type: "chat-join", chat });
  await heard.until(({ mt, state }) =>
    mt === "ChatInfo" && state === "connected"
  );
  await page.say({ mt: "ChatMessage", id: "v1", text: "Hello from one" });
  await desk.until((message) =>
    message.type === "chat-entries" &&
    message.entries.some(({ text }) => text === "Hello from one")
  );
  atDesk.say({ type: "chat-message", chat, id: "a1", text: "And from other" });
  await heard.until(({ text }) => text === "And from other");
  await page.say({ mt: "ClearChat" });
  await desk.until((message) =>
    message.type === "chat" && message.chat.state === "ended"
  );
  await heard.until(({ mt, state }) =>
    mt === "ChatInfo" && state === "terminated"
  );

  atDesk[Symbol.dispose]();
  await heard.until((message) =>
    shows("offline")(message) &&
    heard.all.indexOf(message) > heard.all.findIndex(shows("online"))
  );
});

test("a widget that is saved at one instance changes at an open page of another", async () => {
  using page = await openPage(other);
  const admin = new AdminClient(one.url, stage.admin);
  const path = `/api/widgets/${stage.widget}`;
  const { revision, content } = await admin.call<WidgetView>("GET", path);
  const saved = { ...content, name: "Saved at one" };

  await admin.call("PUT", path, { revision, content: saved });

  await page.heard.until(({ mt, name }) =>
    mt === "Session" && name === "Saved at one"
  );
});

test("opening hours that are saved at one instance close the widget at both", async () => {
  using atOne = await openPage(one);
  using atOther = await openPage(other);
  const admin = new AdminClient(one.url, stage.admin);
  const path = `/api/widgets/${stage.widget}`;
  const { revision, content } = await admin.call<WidgetView>("GET", path);
  const closed = { ...content, name: "Closed", hours: everyDay("UTC") };

  const saved = await admin
    .call<WidgetView>("PUT", path, { revision, content: closed });
  const answers = [atOne, atOther].map(async ({ heard, say }) => {
    await heard.until(({ mt, name }) => mt === "Session" && name === "Closed");
    await say({ mt: "CreateChat", dest: "agent0", dn: "Ada" });
    return (await heard.until(({ mt }) => mt === "Error")).error;
  });

  deepEqual(await Promise.all(answers), ["closed", "closed"]);
  await admin.call("PUT", path, { revision: saved.revision, content });
});

test("a PBX that is linked at one instance is on the PBX page of another, with its trace", async () => {
  const closed = Promise.withResolvers<void>();
  const wire = webSocketWire(`${one.url.replace("http", "ws")}/widgets`);
  const pbx = new SimulatedPbx(
    (events) =>
      wire({
        ...events,
        closed() {
          events.closed();
          closed.resolve();
        },
      }),
    { password: PBX_PASSWORD },
  );
  await pbx.connect();
  const admin = new AdminClient(other.url, stage.admin);
  const find = async () => {
    const { links } = await admin.call<PbxView>("GET", "/api/pbx");
    return links.find(({ registration }) => registration === "registered");
  };

  const link = await untilFound(find);
  const path = "/api/pbx/trace?text=RegisterResult";
  const { entries, after } = await admin.call<TracePage>("GET", path);
  const rest = await admin.call<TracePage>("GET", `${path}&after=${after}`);
  const own = await new AdminClient(one.url, stage.admin)
    .call<PbxView>("GET", "/api/pbx");

  equal(link.key, "example.com/master/widgets");
  match(link.instance ?? "", /^[0-9a-f]+$/);
  deepEqual(own.links.map(({ key, instance }) => [key, instance]), [
    [link.key, link.instance],
  ]);
  deepEqual(entries.map(({ mt, instance }) => [mt, instance]), [
    ["RegisterResult", link.instance],
  ]);
  deepEqual(rest.entries, []);
  pbx.cut();
  await closed.promise;
});

test("an instance has the metrics of the guide, the dashboard and the alerts", async () => {
  const guide = await Deno.readTextFile(
    new URL("../../docs/instances.md", import.meta.url),
  );
  const metrics = await (await fetch(`${one.url}/metrics`)).text();

  for (const name of INSTANCE_METRICS) {
    match(metrics, new RegExp(`^${name} [\\d.e-]+$`, "m"), name);
    ok(guide.includes(`\`${name}\``), name);
  }
  match(metrics, /^contact_widgets_cluster_members 1$/m);
});

test("[P35] five wrong passwords of a PBX at two instances make it wait at each", async () => {
  const connect = ({ url }: Service, password: string) => {
    const wire = webSocketWire(`${url.replace("http", "ws")}/widgets`);
    return new SimulatedPbx(wire, { password, object: "other" }).connect();
  };
  const admin = new AdminClient(other.url, stage.admin);
  const refusals = async () =>
    (await admin.call<PbxView>("GET", "/api/pbx")).refusals
      .map(({ reason, count }) => [reason, count]);

  for (const at of [one, other, one, other, one]) {
    await rejects(connect(at, "a guess"));
  }
  const before = await refusals();
  await rejects(connect(other, PBX_PASSWORD));

  deepEqual(before, [["login", 5]]);
  deepEqual(await refusals(), [["throttled", 1], ["login", 5]]);
});

/** Asks again and again, until there is an answer. */
async function untilFound<T>(find: () => Promise<T | undefined>): Promise<T> {
  while (true) {
    const found = await find();
    if (found !== undefined) return found;
  }
}

test("a process without CW_NATS is refused the store of instances, and the other way round", async () => {
  const alone = await postgres.newUrl();
  await using _alone = await startService({ args: [`--kv=${alone}`] });

  const [joining, single, wrong] = await Promise.all([
    refused(`--kv=${alone}`, `--nats=${natsUrl()}`, SECRET_KEY),
    refused(`--kv=${kv}`, SECRET_KEY),
    refused(`--kv=${kv}`, `--nats=${natsUrl("guess")}`, SECRET_KEY),
  ]);

  match(
    joining,
    /^Cannot open the store .*: process \d+ on .+ is using it without CW_NATS\. Stop that process, or name another store with CW_KV\n$/,
  );
  match(single, /: process \d+ on .+ is using it with CW_NATS\. Stop that/);
  match(wrong, /^Cannot start: NATS at [\d.:]+ refuses to sign in: /);
  const printed = [joining, single, wrong, one.output(), other.output()].join(
    "\n",
  );
  ok(!/guess|n%3Aa|n:a\/|ERR|FTL/.test(printed), printed);
});

/** Starts the program, which must end with an error, and returns what it says. */
async function refused(...args: string[]): Promise<string> {
  const data = await Deno.makeTempDir({ prefix: "widgets-" });
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "-A", "--quiet", "--no-check", MAIN],
      ...["--host=127.0.0.1", "--port=0"],
      ...[`--data=${data}`, ...args],
    ],
    env: { NO_COLOR: "1" },
  }).output();
  await Deno.remove(data, { recursive: true });
  equal(code, 1);
  return new TextDecoder().decode(stderr);
}

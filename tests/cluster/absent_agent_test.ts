import { deepEqual } from "node:assert/strict";
import { DeskAgent } from "../support/desk_agent.ts";
import { type Fleet, type Instance, startFleet } from "../support/fleet.ts";
import { Heard } from "../support/heard.ts";
import { type NatsServer, startNats } from "../support/nats_server.ts";
import { type PostgresServer, startPostgres } from "../support/postgres.ts";
import { PushBrowser } from "../support/push_browser.ts";
import { OPCODE, RawWebSocket } from "../support/raw_websocket.ts";

// Real programs. No push service can be reached, so only the presence of an
// agent whose desk is closed is tested here.

let postgres: PostgresServer;
let nats: NatsServer;
Deno.test.beforeAll(async () => {
  [postgres, nats] = await Promise.all([startPostgres(), startNats()]);
});
Deno.test.afterAll(async () => {
  await Promise.all([nats, postgres].map((it) => it?.[Symbol.asyncDispose]()));
});

/** Records the presences that a visitor's page at an instance sees. */
async function watch({ stage }: Fleet, { url }: Instance) {
  const seen = new Heard<string>();
  const socket = await RawWebSocket.connect(`${url}/widgets/service`, {
    onFrame(opcode, payload) {
      if (opcode !== OPCODE.text) return;
      const message = JSON.parse(new TextDecoder().decode(payload));
      if (message.mt === "Info") seen.tell(message.presence);
    },
  });
  await socket.send(JSON.stringify({ mt: "Start", uuid: stage.widget, v: 1 }));
  const until = async (presence: string) => {
    await seen.until((one) => one === presence);
    seen.all.length = 0;
  };
  return { seen, until, [Symbol.dispose]: () => socket.drop() };
}

/** Sends a request of the agent to an instance. */
function ask(
  { stage }: Fleet,
  { url }: Instance,
  { method, path = "", body }: { method: string; path?: string; body?: object },
): Promise<Response> {
  const { cookie = "" } = stage.agents[0] ?? {};
  return fetch(`${url}/api/account/push${path}`, {
    method,
    headers: { cookie, "content-type": "application/json", origin: url },
    ...body && { body: JSON.stringify(body) },
  });
}

Deno.test("[D40] an agent with a closed desk is online for the visitors of all instances, also after the home was killed", async () => {
  await using fleet = await startFleet({
    ...{ postgres, nats: [nats], instances: 3, agents: 1 },
  });
  const [a, b, c] = fleet.instances;
  if (!a || !b || !c) throw new Error("no instance");
  using visitor = await watch(fleet, c);
  await visitor.until("offline");
  const desk = await DeskAgent.connect(a.url, fleet.stage.agents[0]!.cookie);
  await visitor.until("online");

  const endpoint = "https://push.example.com/1";
  const { keys } = new PushBrowser();
  const added = await ask(fleet, b, {
    ...{ method: "POST", body: { endpoint, keys } },
  });
  const { id } = await added.json();
  desk.say({ type: "leave" });
  desk[Symbol.dispose]();
  using other = await watch(fleet, b);
  await other.until("online");
  await a.stop("SIGKILL");
  using late = await watch(fleet, b);
  await late.until("online");
  visitor.seen.all.length = 0;
  const removed = await ask(fleet, c, { method: "DELETE", path: `/${id}` });
  await removed.body?.cancel();
  await visitor.until("offline");

  deepEqual([added.status, removed.status], [201, 204]);
});

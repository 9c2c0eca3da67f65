import { deepEqual, equal } from "node:assert/strict";
import type { Hello } from "@/lib/protocol/desk/page_messages.ts";
import type { ServiceMessage } from "@/lib/protocol/desk/service_messages.ts";
import { openStore } from "@/lib/store/open.ts";
import { DeskAgent } from "../support/desk_agent.ts";
import { type Fleet, type Instance, startFleet } from "../support/fleet.ts";
import { Heard } from "../support/heard.ts";
import { statusOf } from "../support/http_status.ts";
import { type NatsServer, startNats } from "../support/nats_server.ts";
import { type PostgresServer, startPostgres } from "../support/postgres.ts";
import { OPCODE, RawWebSocket } from "../support/raw_websocket.ts";

// Real programs. Each socket names the instance that it reaches.

let postgres: PostgresServer;
let nats: NatsServer;
Deno.test.beforeAll(async () => {
  [postgres, nats] = await Promise.all([startPostgres(), startNats()]);
});
Deno.test.afterAll(async () => {
  await Promise.all([nats, postgres].map((it) => it?.[Symbol.asyncDispose]()));
});

/** Starts instances with one agent. */
function start(instances = 3): Promise<Fleet> {
  return startFleet({
    ...{ postgres, nats: [nats], instances, agents: 1 },
    args: ["--drain-seconds=4"],
  });
}

/** A message to a visitor's page: some of its members. */
interface ToPage {
  mt: string;
  resume?: string;
  id?: string;
  text?: string;
  own?: string;
  state?: string;
  presence?: string;
}

/** A visitor's page without a browser. */
async function visit(
  { stage }: Fleet,
  { url }: Instance,
  resume?: string,
) {
  const heard = new Heard<ToPage>();
  const closed = Promise.withResolvers<number | undefined>();
  const socket = await RawWebSocket.connect(`${url}/widgets/service`, {
    onClosed: closed.resolve,
    onFrame(opcode, payload) {
      if (opcode !== OPCODE.text) return;
      heard.tell(JSON.parse(new TextDecoder().decode(payload)));
    },
  });
  const say = (message: unknown) => socket.send(JSON.stringify(message));
  const again = resume === undefined ? {} : { resume, seq: 0 };
  await say({ mt: "Start", uuid: stage.widget, v: 1, ...again });
  const { resume: token = "" } = await heard.until(({ mt }) =>
    mt === "Session"
  );
  return {
    heard,
    say,
    token,
    closed: closed.promise,
    leave: () => socket.drop(),
  };
}

/** A page of an agent. */
async function work(
  { stage }: Fleet,
  { url }: Instance,
  chats: Hello["chats"] = [],
) {
  const heard = new Heard<ServiceMessage>();
  const { cookie = "" } = stage.agents[0] ?? {};
  const desk = await DeskAgent.connect(url, cookie, heard.tell, chats);
  const entry = (text: string) =>
    heard.until((message) =>
      message.type === "chat-entries" &&
      message.entries.some((one) => one.text === text)
    );
  return { desk, heard, entry };
}

/** A chat between a visitor and the agent, each at an instance. */
async function talk(fleet: Fleet, at: { visitor: Instance; agent: Instance }) {
  const agent = await work(fleet, at.agent);
  const page = await visit(fleet, at.visitor);
  await page.heard.until(({ mt, presence }) =>
    mt === "Info" && presence === "online"
  );
  await page.say({ mt: "CreateChat", dest: "agent0", dn: "Ada" });
  const rung = await agent.heard.until(({ type }) => type === "chat");
  const chat = rung.type === "chat" ? rung.chat.id : "";
  agent.desk.say({ type: "chat-join", chat });
  await page.heard.until(({ mt, state }) =>
    mt === "ChatInfo" && state === "connected"
  );
  await page.say({ mt: "ChatMessage", id: "v1", text: "one" });
  await agent.entry("one");
  return { agent, page, chat };
}

function threeOf({ instances }: Fleet): [Instance, Instance, Instance] {
  const [a, b, c] = instances;
  if (a === undefined || b === undefined || c === undefined) {
    throw new Error("The fleet is too small");
  }
  return [a, b, c];
}

async function countRecords({ kv }: Fleet): Promise<number> {
  const opened = await openStore(kv);
  if (!opened.ok) throw new Error(`Cannot open: ${opened.error.reason}`);
  await using store = opened.value;
  const span = { from: 0, to: Number.MAX_SAFE_INTEGER };
  return (await Array.fromAsync(store.contactRecords.list(span))).length;
}

Deno.test("a visitor and an agent find their chat through any instance, and all pages of the agent share it", async () => {
  await using fleet = await start();
  const [a, b, c] = threeOf(fleet);
  const { cookie = "" } = fleet.stage.agents[0] ?? {};
  const { page, agent, chat } = await talk(fleet, { visitor: a, agent: b });

  using second = (await work(fleet, c)).desk;
  page.leave();
  const again = await visit(fleet, c, page.token);
  await again.say({ mt: "ChatMessage", id: "v2", text: "two" });
  await agent.entry("two");
  second.say({ type: "chat-message", chat, id: "a1", text: "three" });
  await again.heard.until(({ text }) => text === "three");
  await agent.entry("three");

  equal(again.token, page.token);
  for (const { url } of [a, b, c]) {
    const state = await fetch(`${url}/desk/state`, { headers: { cookie } });
    deepEqual(await state.json(), { presence: "online", waiting: 0 });
  }
  agent.desk[Symbol.dispose]();
  const moved = await work(fleet, a);
  deepEqual(
    moved.heard.all.flatMap((message) =>
      message.type === "welcome" ? message.chats.map(({ id }) => id) : []
    ),
    [chat],
  );
  await again.say({ mt: "ClearChat" });
  await moved.heard.until((message) =>
    message.type === "chat" && message.chat.state === "ended"
  );
  again.leave();
  moved.desk[Symbol.dispose]();
});

Deno.test("an instance that stops is not ready while its port is open, sends its pages away, and its chats continue elsewhere", async () => {
  await using fleet = await start();
  const [a, b, c] = threeOf(fleet);
  const { page, agent, chat } = await talk(fleet, { visitor: a, agent: a });
  const { url } = a;

  const stopped = a.stop("SIGTERM");
  while (await statusOf(`${url}/readyz`, 1_000) === 200);
  equal(await statusOf(`${url}/readyz`, 1_000), 503);
  using during = (await work(fleet, a)).desk;
  equal(await page.closed, 1001);
  await agent.desk.gone;
  await during.gone;
  const [again, desk] = await Promise.all([
    visit(fleet, b, page.token),
    work(fleet, c, [{ chat, seq: 1 }]),
  ]);
  await again.say({ mt: "ChatMessage", id: "v2", text: "two" });
  await desk.entry("two");
  desk.desk.say({ type: "chat-message", chat, id: "a1", text: "three" });
  await again.heard.until(({ text }) => text === "three");
  await stopped;
  await a.start();

  await again.say({ mt: "ClearChat" });
  await again.heard.until(({ mt, state }) =>
    mt === "ChatInfo" && state === "terminated"
  );
  equal(await countRecords(fleet), 1);
  again.leave();
  desk.desk[Symbol.dispose]();
});

Deno.test("survivors continue the chat of a visitor who does not come back, and it has one record", async () => {
  await using fleet = await start(2);
  const [a, b] = fleet.instances;
  if (a === undefined || b === undefined) throw new Error("No instance");
  const { page, agent, chat } = await talk(fleet, { visitor: a, agent: b });

  page.leave();
  await a.stop("SIGKILL");
  agent.desk.say({
    type: "chat-message",
    chat,
    id: "a1",
    text: "Still there?",
  });
  const giveUpAt = performance.now() + 25_000;
  while (
    !agent.heard.all.some((message) =>
      message.type === "chat-entries" &&
      message.entries.some(({ text }) => text === "Still there?")
    )
  ) {
    if (performance.now() > giveUpAt) throw new Error("No home within 25 s");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  agent.desk.say({ type: "chat-leave", chat });
  await agent.heard.until((message) =>
    message.type === "chat" && message.chat.state === "ended"
  );

  while (await countRecords(fleet) === 0);
  equal(await countRecords(fleet), 1);
  agent.desk[Symbol.dispose]();
});

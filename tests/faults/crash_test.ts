import { deepEqual, ok } from "node:assert/strict";
import type { WidgetView } from "@/lib/protocol/admin/messages.ts";
import { AdminClient } from "../support/admin_client.ts";
import { chance } from "../support/chance.ts";
import { DeskAgent } from "../support/desk_agent.ts";
import { OPCODE, RawWebSocket } from "../support/raw_websocket.ts";
import { startService } from "../support/service.ts";
import { setStage, type Stage } from "../support/stage.ts";
import { pictureOf } from "./picture_of.ts";

const CRASHES = 6;
const RUN_MIN_MS = 100;
const RUN_MAX_MS = 700;

/** All that the service has said yes to. */
interface Promised {
  /** Number of the last save. */
  save: number;
  /** Ids of uploaded pictures, with the number inside each. */
  pictures: Map<string, number>;
  /** Chat messages that the visitor was told are there. */
  texts: Set<string>;
  /** Chat messages on the agent's screen. */
  shown: Set<string>;
}

Deno.test("kill -9 at any moment loses nothing that was acknowledged", async (test) => {
  const { seed, next } = chance();
  console.log(`CW_SEED=${seed}`);
  await using stage = await setStage(1);
  const promised: Promised = {
    save: 0,
    pictures: new Map(),
    texts: new Set(),
    shown: new Set(),
  };
  for (let crash = 0; crash < CRASHES; crash++) {
    await test.step(`crash ${crash}`, async () => {
      const runMs = RUN_MIN_MS + next() * (RUN_MAX_MS - RUN_MIN_MS);
      await runAndKill(stage, promised, runMs);
      await checkAll(stage, promised);
    });
  }
  ok(promised.save > CRASHES, "it saved");
  ok(promised.pictures.size > CRASHES, "it took pictures");
  ok(promised.texts.size > CRASHES, "it carried messages");
});

/** Uses the service in all ways at once, and kills it. */
async function runAndKill(
  stage: Stage,
  promised: Promised,
  runMs: number,
): Promise<void> {
  await using service = await startService({ data: stage.data });
  const client = new AdminClient(service.url, stage.admin);
  const cookie = stage.agents[0]?.cookie ?? "";
  using _agent = await DeskAgent.connect(service.url, cookie, (heard, page) => {
    if (heard.type === "chat" && heard.chat.state === "ringing") {
      page.say({ type: "chat-join", chat: heard.chat.id });
    }
    if (heard.type !== "chat-entries") return;
    for (const { text } of heard.entries) promised.shown.add(text);
  });
  const work = Promise.allSettled([
    saveOn(client, stage.widget, promised),
    uploadOn(client, promised),
    chatOn(service.url, stage.widget, promised),
  ]);
  await new Promise((done) => setTimeout(done, runMs));
  await service.stop("SIGKILL");
  await work; // All of it ends with a lost connection.
}

async function saveOn(
  client: AdminClient,
  uuid: string,
  promised: Promised,
): Promise<void> {
  let widget = await client.call<WidgetView>("GET", `/api/widgets/${uuid}`);
  for (;;) {
    const next = numberOf(widget) + 1;
    widget = await client.saveWidget(widget, (content) => {
      content.name = `Save ${next}`;
      for (const agent of content.agents) agent.department = `Save ${next}`;
    });
    promised.save = next;
  }
}

async function uploadOn(
  client: AdminClient,
  promised: Promised,
): Promise<void> {
  for (;;) {
    const number = promised.pictures.size;
    const id = await client.upload(pictureOf(number));
    promised.pictures.set(id, number);
  }
}

/** Writes on as soon as the last message was acknowledged. */
async function chatOn(
  url: string,
  uuid: string,
  promised: Promised,
): Promise<void> {
  const { promise: over, resolve } = Promise.withResolvers<void>();
  const chat = crypto.randomUUID();
  let count = 0;
  const write = () =>
    page.send(JSON.stringify({
      mt: "ChatMessage",
      id: String(count),
      text: `${chat} ${count}`,
    })).catch(resolve);
  const page = await RawWebSocket.connect(`${url}/widgets/service`, {
    onClosed: () => resolve(),
    onFrame(opcode, payload) {
      if (opcode !== OPCODE.text) return;
      const message = JSON.parse(new TextDecoder().decode(payload));
      if (message.mt === "ChatInfo" && message.state === "connected") write();
      if (message.mt !== "ChatAck") return;
      promised.texts.add(`${chat} ${count++}`);
      write();
    },
  });
  await page.send(JSON.stringify({ mt: "Start", uuid, v: 1 }));
  await page.send(
    JSON.stringify({ mt: "CreateChat", dest: "agent0", dn: "Ada" }),
  );
  await over;
}

/** Starts again on the same folder and asks for everything. */
async function checkAll(stage: Stage, promised: Promised): Promise<void> {
  await using service = await startService({ data: stage.data });
  const client = new AdminClient(service.url, stage.admin);
  const widget = await client
    .call<WidgetView>("GET", `/api/widgets/${stage.widget}`);
  const number = numberOf(widget);
  // One more may have been stored than could be told.
  ok(
    number === promised.save || number === promised.save + 1,
    widget.content.name,
  );
  ok(
    widget.content.agents.every(({ department }) =>
      number === 0 || department === `Save ${number}`
    ),
  );
  promised.save = number;
  for (const [id, number] of promised.pictures) {
    const bytes = await client.download(`/api/pictures/${id}`);
    deepEqual(bytes, pictureOf(number));
  }
  deepEqual([...promised.texts.difference(promised.shown)], []);
}

function numberOf({ content }: WidgetView): number {
  return Number(/^Save (\d+)$/.exec(content.name)?.[1] ?? 0);
}

import { deepEqual, equal, ok } from "node:assert/strict";
import type { WidgetView } from "@/lib/protocol/admin/messages.ts";
import { AdminClient } from "../support/admin_client.ts";
import { chance } from "../support/chance.ts";
import { startService } from "../support/service.ts";
import { setStage, type Stage } from "../support/stage.ts";
import { StubbornAgent } from "../support/stubborn_agent.ts";
import { StubbornVisitor } from "../support/stubborn_visitor.ts";
import { pictureOf } from "./picture_of.ts";

const CRASHES = 8;
const RUN_MIN_MS = 100;
const RUN_MAX_MS = 700;

/** All that the service has said yes to. */
interface Promised {
  /** Number of the last save. */
  save: number;
  /** Ids of uploaded pictures, with the number inside each. */
  pictures: Map<string, number>;
}

/** A chat that continues through all crashes. */
interface Talk {
  visitor: StubbornVisitor;
  agent: StubbornAgent;
}

Deno.test("kill -9 at any moment loses nothing that was acknowledged", async (test) => {
  const { seed, next } = chance();
  console.log(`CW_SEED=${seed}`);
  await using stage = await setStage(1);
  const promised: Promised = { save: 0, pictures: new Map() };
  const talk = {
    visitor: new StubbornVisitor(stage.widget, "agent0"),
    agent: new StubbornAgent(stage.agents[0]?.cookie ?? ""),
  };
  for (let crash = 0; crash < CRASHES; crash++) {
    await test.step(`crash ${crash}`, async () => {
      const runMs = RUN_MIN_MS + next() * (RUN_MAX_MS - RUN_MIN_MS);
      await runAndKill(stage, { promised, talk, runMs });
      await checkAll(stage, promised);
    });
  }
  await test.step("the chat is complete on both sides", async () => {
    await checkTalk(stage, talk);
  });
  ok(promised.save > CRASHES, "it saved");
  ok(promised.pictures.size > CRASHES, "it took pictures");
  ok(talk.visitor.said.length > CRASHES, "the visitor wrote");
  ok(talk.agent.said.length > CRASHES, "the agent wrote");
});

/** Uses all parts of the service at the same time, and kills it. */
async function runAndKill(
  stage: Stage,
  { promised, talk, runMs }: { promised: Promised; talk: Talk; runMs: number },
): Promise<void> {
  await using service = await startService({ data: stage.data });
  const client = new AdminClient(service.url, stage.admin);
  const work = Promise.allSettled([
    saveOn(client, stage.widget, promised),
    uploadOn(client, promised),
    talkOn(service.url, talk),
  ]);
  await new Promise((done) => setTimeout(done, runMs));
  await service.stop("SIGKILL");
  await work; // All of it ends with a lost connection.
}

/** Both sides write on as soon as they are acknowledged. */
async function talkOn(url: string, { visitor, agent }: Talk): Promise<void> {
  visitor.isWriting = agent.isWriting = true;
  const atDesk = await agent.connect(url);
  const onPage = await visitor.connect(url);
  await Promise.all([atDesk.gone, onPage.gone]);
}

/** Both sides stop writing, and pending messages arrive. */
async function checkTalk(
  stage: Stage,
  { visitor, agent }: Talk,
): Promise<void> {
  await using service = await startService({
    data: stage.data,
    args: ["--drain-seconds=0"],
  });
  visitor.isWriting = agent.isWriting = false;
  const atDesk = await agent.connect(service.url);
  const onPage = await visitor.connect(service.url);
  await visitor.has(agent.said.length);
  await agent.has(visitor.said.length);

  deepEqual(agent.read, visitor.said);
  deepEqual(visitor.read, agent.said);
  equal(visitor.lost, 0);
  visitor.drop();
  agent.drop();
  await Promise.all([atDesk.gone, onPage.gone]);
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
  await service.stop("SIGKILL"); // A stop would end the chat.
}

function numberOf({ content }: WidgetView): number {
  return Number(/^Save (\d+)$/.exec(content.name)?.[1] ?? 0);
}

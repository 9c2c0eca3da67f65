import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { backoffMs } from "@/lib/base/backoff.ts";
import { CLOSE } from "@/lib/protocol/visitor/close_codes.ts";
import { BACKOFF } from "@/widget/connection.ts";
import { DeskAgent } from "../support/desk_agent.ts";
import { Heard } from "../support/heard.ts";
import { OPCODE, RawWebSocket } from "../support/raw_websocket.ts";
import { sampleAnswer, sampleOffer } from "../support/sdp.ts";
import { startService } from "../support/service.ts";
import { StubbornAgent } from "../support/stubborn_agent.ts";
import { StubbornVisitor } from "../support/stubborn_visitor.ts";
import { setStage, type Stage } from "../support/stage.ts";

/** The agent's page. */
const PAGE = "00000000-0000-4000-8000-000000000001";
const PAGES = 1_000;
const PAGES_PER_ADDRESS = 100;
const BY_PROXY = "--trusted-proxies=127.0.0.0/8";

/** A page that shows a widget, and comes back when it is sent away. */
interface Page extends Disposable {
  /** Sessions that it was given, one for each connection. */
  sessions: Heard<string>;
  codes: Heard<number | undefined>;
  /** All other messages it received. */
  texts: Heard<string>;
  socket(): RawWebSocket;
}

async function openPage(
  { url, widget, n }: { url: string; widget: string; n: number },
): Promise<Page> {
  const address = `10.0.0.${Math.floor(n / PAGES_PER_ADDRESS)}`;
  const sessions = new Heard<string>();
  const codes = new Heard<number | undefined>();
  const texts = new Heard<string>();
  let socket: RawWebSocket;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isOver = false;
  async function connect(): Promise<void> {
    socket = await RawWebSocket.connect(`${url}/widgets/service`, {
      headers: { "x-forwarded-for": address },
      onFrame(opcode, payload) {
        if (opcode !== OPCODE.text) return;
        const text = new TextDecoder().decode(payload);
        if (text.startsWith('{"mt":"Session"')) sessions.tell(text);
        else texts.tell(text);
      },
      onClosed(code) {
        codes.tell(code);
        if (code === CLOSE.restart) comeBack(0);
      },
    });
    await socket.send(JSON.stringify({ mt: "Start", uuid: widget, v: 1 }));
  }
  function comeBack(attempt: number): void {
    const waitMs = backoffMs(attempt, BACKOFF, Math.random());
    if (isOver) return;
    timer = setTimeout(
      () => connect().catch(() => comeBack(attempt + 1)),
      waitMs,
    );
  }
  await connect();
  return {
    sessions,
    codes,
    texts,
    socket: () => socket,
    [Symbol.dispose]() {
      isOver = true;
      clearTimeout(timer);
      socket.drop();
    },
  };
}

Deno.test("SIGTERM disconnects a thousand pages, and all come back", async () => {
  await using stage = await setStage(2);
  const first = await startService({ data: stage.data, args: [BY_PROXY] });
  const pages: Page[] = [];
  for (let n = 0; n < PAGES; n++) {
    pages.push(await openPage({ url: first.url, widget: stage.widget, n }));
  }
  await Promise.all(pages.map(({ sessions }) => sessions.count(1)));

  await first.stop("SIGTERM");
  await using second = await startService({
    data: stage.data,
    args: [BY_PROXY],
    port: Number(new URL(first.url).port),
  });
  await Promise.all(pages.map(({ sessions }) => sessions.count(2)));

  const codes = pages.flatMap((page) => page.codes.all);
  deepEqual(codes, pages.map(() => CLOSE.restart));
  equal(second.output().includes("ERR"), false, second.output());
  for (const page of pages) page[Symbol.dispose]();
});

Deno.test("SIGTERM waits only for a call that rings", async () => {
  await using stage = await setStage(1);
  const service = await startService({ data: stage.data });
  const { url } = service;
  const { caller, agent } = await callTheDesk(url, stage, "rings");
  using _agent = agent;
  using _caller = caller;
  using idle = await openPage({ url, widget: stage.widget, n: 1 });
  await idle.sessions.count(1);

  const stopped = service.stop("SIGTERM");
  equal(await idle.codes.until(() => true), CLOSE.restart);
  await rejects(RawWebSocket.connect(`${url}/widgets/service`), /refused/);
  deepEqual(caller.codes.all, []);
  await caller.socket().send(JSON.stringify({ mt: "ClearCall" }));
  await stopped;

  ok(caller.texts.all.some((text) => text.includes('"cause":16')));
});

Deno.test("SIGTERM waits for a call no longer than allowed", async () => {
  await using stage = await setStage(1);
  const args = ["--drain-seconds=1"];
  const service = await startService({ data: stage.data, args });
  const { caller, agent } = await callTheDesk(service.url, stage, "rings");
  using _agent = agent;
  using _caller = caller;

  await service.stop("SIGTERM");
  await caller.codes.count(1);

  deepEqual(caller.codes.all, [CLOSE.restart]);
});

/** Stops the service at the moment when the visitor learns of the answer. */
async function stopInCall(signal: Deno.Signal): Promise<void> {
  await using stage = await setStage(1);
  const first = await startService({ data: stage.data });
  const { caller, agent: before, call } = await callTheDesk(
    first.url,
    stage,
  );
  using _caller = caller;
  using _before = before;
  const [session = "{}"] = caller.sessions.all;
  const { resume } = JSON.parse(session);

  await first.stop(signal);
  await using second = await startService({ data: stage.data });
  const texts = new Heard<string>();
  const page = await RawWebSocket.connect(`${second.url}/widgets/service`, {
    onFrame: (opcode, payload) =>
      opcode === OPCODE.text &&
      texts.tell(new TextDecoder().decode(payload)),
  });
  const start = { mt: "Start", uuid: stage.widget, v: 1, resume };
  await page.send(JSON.stringify(start));
  await texts.until((text) => text.includes('"connected"'));
  const cookie = stage.agents[0]?.cookie ?? "";
  const views = new Heard<string>();
  using agent = await DeskAgent.connect(
    second.url,
    cookie,
    (heard) => {
      if (heard.type === "welcome") views.tell(heard.calls[0]?.state ?? "");
      if (heard.type === "call") views.tell(heard.call.state);
    },
    [],
    { page: PAGE, calls: [{ call, heard: 1 }] },
  );
  agent.say({ type: "call-hang-up", call, n: 3 });
  await texts.until((text) => text.includes('"cause":16'));
  await views.until((state) => state === "ended");
  page.drop();

  deepEqual(views.all, ["taken", "ended"]);
}

for (const signal of ["SIGTERM", "SIGKILL"] as const) {
  Deno.test(`[CALL21] ${signal} ends no call with an agent at the desk: it goes on in the next process, and ends for both with a hang-up`, () =>
    stopInCall(signal));
}

Deno.test("SIGTERM ends no chat: both sides continue in the next process, and nothing is lost", async () => {
  await using stage = await setStage(1);
  const visitor = new StubbornVisitor(stage.widget, "agent0");
  const agent = new StubbornAgent(stage.agents[0]?.cookie ?? "");
  for (let stop = 0; stop < 2; stop++) {
    await using service = await startService({ data: stage.data });
    const atDesk = await agent.connect(service.url);
    const onPage = await visitor.connect(service.url);
    await agent.reads(agent.read.length + 20);
    await service.stop("SIGTERM");
    await Promise.all([atDesk.gone, onPage.gone]);
  }
  await using last = await startService({ data: stage.data });
  visitor.isWriting = agent.isWriting = false;
  await agent.connect(last.url);
  await visitor.connect(last.url);
  await visitor.has(agent.said.length);
  await agent.has(visitor.said.length);

  deepEqual(agent.read, visitor.said);
  deepEqual(visitor.read, agent.said);
  deepEqual([visitor.chats, visitor.lost], [1, 0]);
  visitor.drop();
  agent.drop();
});

/** A visitor in a call with an agent, connected or ringing. */
async function callTheDesk(
  url: string,
  { widget, agents }: Stage,
  state: "connected" | "rings" = "connected",
): Promise<{ caller: Page; agent: DeskAgent; call: string }> {
  const cookie = agents[0]?.cookie ?? "";
  let call = "";
  const agent = await DeskAgent.connect(
    url,
    cookie,
    (heard, desk) => {
      if (heard.type === "call" && heard.call.state === "ringing") {
        call = heard.call.id;
        desk.say({ type: "ringing", contact: call });
        if (state === "connected") desk.say({ type: "call-take", call, n: 1 });
      }
      if (heard.type === "call-media") {
        const sdp = sampleAnswer();
        desk.say({ type: "call-answer", call: heard.call, n: 2, sdp });
      }
    },
    [],
    { page: PAGE },
  );
  const caller = await openPage({ url, widget, n: 0 });
  await caller.sessions.count(1);
  const send = (message: unknown) =>
    caller.socket().send(JSON.stringify(message));
  await send({ mt: "CreateCall", dest: agents[0]?.address, dn: "Ada" });
  await send({ mt: "Channels", cmd: "PROPOSAL", sdp: sampleOffer() });
  const until = state === "rings" ? '"alerting"' : '"connected"';
  await caller.texts.until((text) => text.includes(until));
  return { caller, agent, call };
}

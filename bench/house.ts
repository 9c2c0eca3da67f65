import type { WidgetView } from "@/lib/protocol/admin/messages.ts";
import {
  AdminClient,
  agentOf,
  PASSWORD,
} from "../tests/support/admin_client.ts";
import { OPCODE, RawWebSocket } from "../tests/support/raw_websocket.ts";
import { nowMs } from "./clock.ts";
import type { Contender } from "./contender.ts";
import { DeskAgent } from "./desk_agent.ts";
import { startProcess } from "./process.ts";
import type { Script } from "./script.ts";

const MAIN = new URL("../main.ts", import.meta.url).pathname;
/** Agents of the widget that the benches use: a company's front page. */
const AGENTS = 5;

/** A data folder with one widget and its people, ready to be served. */
export interface Stage extends AsyncDisposable {
  data: string;
  widget: WidgetView;
  /** Sign-in names of the widget's agents, and what their browsers hold. */
  agents: { address: string; cookie: string }[];
  admin: string;
  /** What the program says, for those beside it to say the same. */
  script: Script;
}

/** Flags of the program under measurement; visitors come by a "proxy". */
export function flagsFor(data: string): string[] {
  return [
    MAIN,
    "--host=127.0.0.1",
    "--port=0",
    `--data=${data}`,
    "--log=warning",
    "--trusted-proxies=127.0.0.0/8",
  ];
}

/** Fills a new data folder by the program's own API. */
export async function setStage(): Promise<Stage> {
  const data = await Deno.makeTempDir({ prefix: "widgets-bench-" });
  await using process = await startProcess([
    ...flagsFor(data),
    `--admin-password=${PASSWORD}`,
  ]);
  const admin = await AdminClient.signIn(process.url, "admin", PASSWORD);
  const agents: Stage["agents"] = [];
  for (let n = 0; n < AGENTS; n++) {
    const address = `agent${n}`;
    await admin.addPerson(address, `Agent ${n}`);
    const { cookie } = await AdminClient.signIn(process.url, address, PASSWORD);
    agents.push({ address, cookie });
  }
  const widget = await admin.addWidget("sidebar", (content) => {
    content.name = "Bench";
    content.agents = agents.map(({ address }, n) =>
      agentOf(address, `Agent ${n}`)
    );
  });
  const stage = { data, widget, agents, admin: admin.cookie };
  return {
    ...stage,
    script: await listen(process.url, stage),
    [Symbol.asyncDispose]: () => Deno.remove(data, { recursive: true }),
  };
}

/** The whole program, serving the stage, with its first agent at the desk. */
export async function startHouse(stage: Stage): Promise<Contender> {
  const process = await startProcess(flagsFor(stage.data));
  const levers = await leversOf(process.url, stage);
  return {
    name: "contact widgets",
    process,
    visitors: `${process.url}/widgets/service`,
    start: startOf(stage.widget.uuid),
    script: stage.script,
    ...levers,
    async [Symbol.asyncDispose]() {
      levers.agent[Symbol.dispose]();
      await process[Symbol.asyncDispose]();
    },
  };
}

/** What a page says first. It names the version, as our widget does. */
export function startOf(uuid: string): string {
  return JSON.stringify({ mt: "Start", uuid, v: 1 });
}

interface Levers {
  agent: DeskAgent;
  change(): Promise<number>;
  save(): Promise<number>;
}

/** What makes the program tell all its visitors something. */
async function leversOf(
  url: string,
  { admin, agents, widget }: Pick<Stage, "admin" | "agents" | "widget">,
): Promise<Levers> {
  const agent = await DeskAgent.connect(url, agents[0]?.cookie ?? "");
  let isAway = false;
  return {
    agent,
    change() {
      isAway = !isAway;
      const at = nowMs();
      agent.say({ type: "choose", presence: isAway ? "away" : "online" });
      return Promise.resolve(at);
    },
    async save() {
      const path = `${url}/api/widgets/${widget.uuid}`;
      const headers = {
        cookie: admin,
        origin: url,
        "content-type": "application/json",
      };
      const now: WidgetView = await (await fetch(path, { headers })).json();
      const { revision, content } = now;
      const body = JSON.stringify({ revision, content });
      const at = nowMs();
      fetch(path, { method: "PUT", headers, body })
        .then((response) => response.body?.cancel());
      return at;
    },
  };
}

/** Hears, as one visitor, what is said at Start, a change and a save. */
async function listen(
  url: string,
  stage: Pick<Stage, "admin" | "agents" | "widget">,
): Promise<Script> {
  const levers = await leversOf(url, stage);
  using _agent = levers.agent;
  const heard: string[] = [];
  let look = () => {};
  const visitor = await RawWebSocket.connect(`${url}/widgets/service`, {
    onFrame(opcode, payload) {
      if (opcode !== OPCODE.text) return;
      heard.push(new TextDecoder().decode(payload));
      look();
    },
  });
  async function next(count: number): Promise<string[]> {
    while (heard.length < count) {
      await new Promise<void>((done) => look = done);
    }
    return heard.splice(0, count);
  }
  await visitor.send(startOf(stage.widget.uuid));
  const start = await next(1 + AGENTS);
  await levers.change();
  const change = await next(1);
  await levers.save();
  const save = await next(1 + AGENTS);
  visitor.drop();
  const file = await fetch(`${url}/widget.js`, {
    headers: { "accept-encoding": "br" },
  });
  await file.body?.cancel();
  const length = Number(file.headers.get("content-length"));
  return { start, broadcasts: { change, save }, file: "x".repeat(length) };
}

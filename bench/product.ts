import type { WidgetView } from "@/lib/protocol/admin/messages.ts";
import { AdminClient } from "../tests/support/admin_client.ts";
import { setStage, type Stage } from "../tests/support/stage.ts";
import { OPCODE, RawWebSocket } from "../tests/support/raw_websocket.ts";
import { nowMs } from "./clock.ts";
import type { Contender } from "./contender.ts";
import { DeskAgent } from "../tests/support/desk_agent.ts";
import { startProcess } from "./process.ts";
import type { Script } from "./script.ts";

const MAIN = new URL("../main.ts", import.meta.url).pathname;
/** Number of agents in the benches' widget: a company's front page. */
const AGENTS = 5;

/** The program's data and frames, so that others can send the same frames. */
export interface Scene extends Stage {
  script: Script;
  /** Further flags of the program. */
  args: string[];
}

/** Flags of the measured program; visitors come through a "proxy". */
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

/** Creates a data folder and records the frames that the program sends with
 * it. Its store is a file, unless `kv` is the URL of another one. */
export async function setScene(
  { kv, args = [] }: { kv?: string; args?: string[] } = {},
): Promise<Scene> {
  const stage = await setStage(AGENTS, { ...(kv !== undefined && { kv }) });
  const all = kv === undefined ? args : [`--kv=${kv}`, ...args];
  await using process = await startProcess([...flagsFor(stage.data), ...all]);
  const script = await listen(process.url, stage);
  return { ...stage, args: all, script };
}

/**
 * Starts the program with the stage and its first agent at the desk. `runtime`
 * are flags for Deno itself.
 */
export async function startProduct(
  scene: Scene,
  runtime: string[] = [],
): Promise<Contender> {
  const flags = [...flagsFor(scene.data), ...scene.args];
  const process = await startProcess([...runtime, ...flags]);
  const levers = await leversOf(process.url, scene);
  return {
    name: "contact widgets",
    process,
    visitors: `${process.url}/widgets/service`,
    start: startOf(scene.widget),
    script: scene.script,
    ...levers,
    async [Symbol.asyncDispose]() {
      levers.agent[Symbol.dispose]();
      await process[Symbol.asyncDispose]();
    },
  };
}

/** Returns a page's first message. It contains the version, like our
 * widget's. */
export function startOf(uuid: string): string {
  return JSON.stringify({ mt: "Start", uuid, v: 1 });
}

interface Levers {
  agent: DeskAgent;
  change(): Promise<number>;
  save(): Promise<number>;
}

/** Returns functions that make the program notify all its visitors. */
async function leversOf(
  url: string,
  { admin, agents, widget }: Stage,
): Promise<Levers> {
  const client = new AdminClient(url, admin);
  let isAway = false;
  const cookie = agents[0]?.cookie ?? "";
  const agent = await DeskAgent.connect(url, cookie, (message) => {
    // An agent's choice is kept across restarts.
    if (message.type === "welcome") isAway = message.choice === "away";
  });
  return {
    agent,
    change() {
      isAway = !isAway;
      const at = nowMs();
      agent.say({ type: "choose", presence: isAway ? "away" : "online" });
      return Promise.resolve(at);
    },
    async save() {
      const path = `/api/widgets/${widget}`;
      const now = await client.call<WidgetView>("GET", path);
      const at = nowMs();
      client.saveWidget(now, () => {});
      return at;
    },
  };
}

/** Records, as one visitor, the frames after Start, a change and a save. */
async function listen(url: string, stage: Stage): Promise<Script> {
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
  await visitor.send(startOf(stage.widget));
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

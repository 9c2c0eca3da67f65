import { deepEqual, ok } from "node:assert/strict";
import type { Presence } from "@/lib/model/presence.ts";
import { CallTalk } from "../support/call_talk.ts";
import { DeskAgent } from "../support/desk_agent.ts";
import {
  type Fleet,
  type Instance,
  type Servers,
  startFleet,
} from "../support/fleet.ts";
import { Heard } from "../support/heard.ts";
import { OPCODE, RawWebSocket } from "../support/raw_websocket.ts";
import { Talk } from "../support/talk.ts";
import { SILENCE_MS } from "./faults.ts";

/** Instances of two versions on one store and one bus. */
export interface TwoVersions extends Servers {
  /** The main.ts of the earlier version. */
  earlier: string;
}

interface Scenario {
  name: string;
  run(versions: TwoVersions): Promise<void>;
}

/** A talk or call that goes on while instances come and go. */
type AnyTalk = Pick<Talk | CallTalk, "passes" | "lap"> & AsyncDisposable;

const [EARLIER, THIS] = [0, 1];

/** Everything that has to work while both versions run. */
export const SCENARIOS: readonly Scenario[] = [
  ...both("presence", presence),
  ...both("a chat", chat),
  ...both("a call", call),
  ...both("chats and calls, while pages reconnect at either version", moves),
  {
    name: "chats and calls continue through an upgrade, and back",
    run: upgrade,
  },
  ...both("chats and calls continue when an instance is killed", kill),
];

/** A scenario in both directions. */
function both(
  what: string,
  run: (fleet: Fleet, at: Places) => Promise<void>,
): Scenario[] {
  return [[EARLIER, THIS], [THIS, EARLIER]].map(([agent = 0, visitor = 1]) => ({
    name: `${what}: agents at the ${nameOf(agent)} version, visitors at the ` +
      `${nameOf(visitor)} one`,
    async run(versions) {
      await using fleet = await start(versions, 2);
      await run(fleet, {
        agent: instanceOf(fleet, agent),
        visitor: instanceOf(fleet, visitor),
      });
    },
  }));
}

interface Places {
  agent: Instance;
  visitor: Instance;
}

function nameOf(version: number): string {
  return version === EARLIER ? "earlier" : "current";
}

/** Instances of the earlier version and of this one in turn. */
function start(
  { earlier, ...servers }: TwoVersions,
  instances: number,
  mainOf = (n: number) => n % 2 === EARLIER ? earlier : undefined,
): Promise<Fleet> {
  const args = ["--drain-seconds=20"];
  return startFleet({ ...servers, instances, agents: 4, args, mainOf });
}

function instanceOf({ instances }: Fleet, n: number): Instance {
  const instance = instances[n];
  if (instance === undefined) throw new Error("The fleet is too small");
  return instance;
}

async function presence({ stage }: Fleet, at: Places): Promise<void> {
  const [account] = stage.agents;
  if (account === undefined) throw new Error("There is no agent");
  const seen = new Heard<Presence>();
  const page = await RawWebSocket.connect(`${at.visitor.url}/widgets/service`, {
    onFrame(opcode, payload) {
      if (opcode !== OPCODE.text) return;
      const { mt, id, presence } = JSON.parse(
        new TextDecoder().decode(payload),
      );
      if (mt === "Info" && id === account.address) seen.tell(presence);
    },
  });
  await page.send(JSON.stringify({ mt: "Start", uuid: stage.widget, v: 1 }));
  await seen.count(1);
  const desk = await DeskAgent.connect(at.agent.url, account.cookie);
  await seen.count(2);
  for (const choice of ["away", "dnd", "busy", "online"] as const) {
    const count = seen.all.length;
    desk.say({ type: "choose", presence: choice });
    await seen.count(count + 1);
  }
  desk.say({ type: "leave" });
  desk[Symbol.dispose]();
  await seen.count(7);
  page.drop();
  deepEqual(
    seen.all,
    ["offline", "online", "away", "dnd", "busy", "online", "offline"],
  );
}

async function chat(fleet: Fleet, at: Places): Promise<void> {
  await using talk = await Talk.begin(fleet, 0, at);
  for (let n = 0; n < 10; n++) await talk.passes();
  await talk.check();
  await talk.end();
}

async function call(fleet: Fleet, at: Places): Promise<void> {
  await using talk = await CallTalk.begin(fleet, 0, at);
  for (let n = 0; n < 5; n++) await talk.passes();
  await talk.end();
}

/** Both sides lose their connections, and come back through any instance. */
async function moves(fleet: Fleet, at: Places): Promise<void> {
  await using talk = await Talk.begin(fleet, 0, at);
  await using call = await CallTalk.begin(fleet, 1, at);
  for (let n = 0; n < 12; n++) {
    for (const { visitor, agent } of [talk, call]) {
      (n % 2 === 0 ? visitor : agent).drop();
    }
    await Promise.all([talk.passes(), call.passes()]);
  }
  await talk.check();
  await call.end();
}

/** Every instance is replaced by one of this version, one after the other, and
 * then by one of the earlier version. */
async function upgrade(versions: TwoVersions): Promise<void> {
  await using fleet = await start(versions, 3, () => versions.earlier);
  await using stack = new AsyncDisposableStack();
  const talks = [await Talk.begin(fleet, 0), await Talk.begin(fleet, 1)];
  const calls = [
    await CallTalk.begin(fleet, 2),
    await CallTalk.begin(fleet, 3),
  ];
  const all: AnyTalk[] = [...talks, ...calls];
  for (const talk of all) stack.use(talk);
  for (const main of [undefined, versions.earlier]) {
    for (const instance of fleet.instances) {
      for (const talk of all) talk.lap();
      await instance.stop("SIGTERM");
      instance.main = main;
      await instance.start();
      await fleet.balancer.ready(fleet.instances.length);
      await Promise.all(all.map((talk) => talk.passes()));
      const longest = Math.max(...all.map((talk) => talk.lap()));
      ok(longest <= SILENCE_MS.planned, `silence of ${longest.toFixed()} ms`);
    }
  }
  for (const talk of talks) await talk.check();
  for (const call of calls) await call.end();
}

/** The agent's instance is killed and started again, then the visitor's. */
async function kill(fleet: Fleet, at: Places): Promise<void> {
  await using talk = await Talk.begin(fleet, 0, at);
  await using call = await CallTalk.begin(fleet, 1, at);
  for (const instance of [at.agent, at.visitor]) {
    await instance.stop("SIGKILL");
    await Promise.all([talk.passes(), call.passes()]);
    await instance.start();
    await fleet.balancer.ready(fleet.instances.length);
    await Promise.all([talk.passes(), call.passes()]);
  }
  await talk.check();
  await call.end();
}

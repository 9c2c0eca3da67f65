import { systemClock } from "@/lib/base/clock.ts";
import type { ReportingDesk } from "@/lib/cluster/cluster_agents.ts";
import type { AskedBus } from "@/lib/cluster/bus.ts";
import type { AgentFinder, AgentPort } from "@/lib/contact/ports.ts";
import type { Presence } from "@/lib/model/presence.ts";
import { chance } from "../support/chance.ts";
import { ClusterInstance } from "../support/cluster_instance.ts";
import { DeskRoom } from "../support/desk_room.ts";
import { Heard } from "../support/heard.ts";
import { hurriedClock } from "../support/hurried_clock.ts";
import { LossyBus, MemoryBus } from "../support/memory_bus.ts";
import type { AgentPortHarness } from "./agent_port_harness.ts";
import { openDesk, OTTO } from "./desk_harness.ts";
import { openFake } from "./fake_harness.ts";
import { openPbx } from "./pbx_harness.ts";

/** Pipes send lost messages again after 10 ms. */
const HURRY = 20;

export interface ElsewhereOptions {
  /** Part of the frames of pipes that are lost. */
  lost?: number;
  /** The connections of both instances to a bus; by default one in memory. */
  buses?: { there: AskedBus; here: AskedBus };
}

/** The fake agents, from an instance that has none. */
export function fakeElsewhere(options: ElsewhereOptions = {}) {
  const harness = openFake();
  return elsewhere(harness, { ...options, pbx: harness.port });
}

/** The agents of a PBX, from an instance without a link. */
export async function pbxElsewhere(options: ElsewhereOptions = {}) {
  const harness = await openPbx();
  return elsewhere(harness, { ...options, pbx: harness.port });
}

/** The agents of the desk, from another instance with the same accounts. */
export async function deskElsewhere(options: ElsewhereOptions = {}) {
  const harness = await openDesk();
  const { bank } = await DeskRoom.open([OTTO]);
  const desks = { there: harness.room.bank, here: bank };
  return elsewhere(harness, { ...options, desks });
}

/** Resolves when the other instance knows the agent. */
async function elsewhere(
  harness: AgentPortHarness,
  { lost = 0, buses, desks, pbx }: ElsewhereOptions & {
    desks?: { there: ReportingDesk; here: ReportingDesk & AsyncDisposable };
    pbx?: AgentPort & AgentFinder;
  },
): Promise<AgentPortHarness> {
  const memory = new MemoryBus(systemClock);
  const luck = chance();
  const id = crypto.randomUUID().slice(0, 8);
  const create = (place: "there" | "here", banks: object) => {
    const own = `${place}-${id}`;
    const bus = buses?.[place] ?? memory;
    const pipesBus = new LossyBus(bus, { luck, clock: systemClock, lost });
    const pipesClock = hurriedClock(HURRY);
    const clock = systemClock;
    return new ClusterInstance({
      own,
      bus,
      pipesBus,
      clock,
      pipesClock,
      ...banks,
    });
  };
  const there = create("there", desks ? { desk: desks.there } : { pbx });
  const here = create("here", desks ? { desk: desks.here } : {});
  const port = desks ? here.agents.desk : here.agents.pbx;
  const heard = new Heard<Presence>();
  const watch = port.watch(harness.agent.address, heard.tell);
  await heard.until((presence) => presence === "online");
  return {
    ...harness,
    port,
    async [Symbol.asyncDispose]() {
      watch[Symbol.dispose]();
      here[Symbol.dispose]();
      await harness[Symbol.asyncDispose]();
      await desks?.here[Symbol.asyncDispose]();
      there[Symbol.dispose]();
      memory[Symbol.dispose]();
    },
  };
}

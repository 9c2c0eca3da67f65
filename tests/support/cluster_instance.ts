import type { Clock } from "@/lib/base/clock.ts";
import type { AskedBus, Bus } from "@/lib/cluster/bus.ts";
import {
  ClusterAgents,
  type ClusterAgentsOptions,
  type ReportingDesk,
} from "@/lib/cluster/cluster_agents.ts";
import { Members } from "@/lib/cluster/members.ts";
import { type Pipe, type PipeEvents, Pipes } from "@/lib/cluster/pipes.ts";
import { acceptBy } from "@/lib/cluster/served.ts";
import type { AgentFinder, AgentPort } from "@/lib/contact/ports.ts";
import { FakeAgents } from "./fake_agents.ts";

export interface ClusterInstanceOptions
  extends Partial<Pick<ClusterAgentsOptions, "homeOf" | "homeOfChat">> {
  own: string;
  bus: AskedBus;
  /** The bus of pipes, if it is another one. */
  pipesBus?: Bus;
  clock: Clock;
  /** The clock of pipes, if it is another one. */
  pipesClock?: Clock;
  desk?: ReportingDesk;
  /** Linked to this instance, if there is one. */
  pbx?: AgentPort & AgentFinder;
  /** False for a bank that only remembers what it knew before its start. */
  isLinked?: boolean;
}

/** The agents' part of an instance: its place in a cluster, and its banks. */
export class ClusterInstance implements Disposable {
  readonly id: string;
  readonly members: Members;
  readonly pipes: Pipes;
  readonly agents: ClusterAgents;
  /** How the instance accepts pipes. */
  onPipe: (pipe: Pipe) => PipeEvents;
  /** Messages that were not readable. */
  badMessages = 0;

  constructor(options: ClusterInstanceOptions) {
    const { own, bus, clock, homeOf, homeOfChat, pbx } = options;
    const { isLinked = pbx !== undefined } = options;
    const { pipesBus = bus, pipesClock = clock } = options;
    const { desk = new EmptyDesk() } = options;
    this.id = own;
    const onBadMessage = () => void this.badMessages++;
    this.members = new Members({
      ...{ bus, own, clock, version: "1.1.0" },
      report: () => this.agents.report(),
      isStoreOk: () => true,
    });
    this.members.announce();
    this.pipes = new Pipes({
      ...{ bus: pipesBus, own, clock: pipesClock },
      accept: (pipe) => this.onPipe(pipe),
    });
    this.members.onGone((id) => this.pipes.gone(id));
    const { members, pipes } = this;
    this.agents = new ClusterAgents({
      ...{ own, members, pipes, clock, desk, onBadMessage },
      pbx: pbx ?? new FakeAgents(),
      links: () => isLinked ? [`pbx of ${own}`] : [],
      ...(homeOf && { homeOf }),
      ...(homeOfChat && { homeOfChat }),
    });
    this.onPipe = acceptBy(this.agents.openers, onBadMessage);
  }

  /** A planned stop. */
  [Symbol.dispose](): void {
    this.agents[Symbol.dispose]();
    this.pipes[Symbol.dispose]();
    this.members[Symbol.dispose]();
  }
}

/** The desk of an instance at which no agent is. */
class EmptyDesk extends FakeAgents implements ReportingDesk {
  watchAll(): Disposable {
    return { [Symbol.dispose]: () => {} };
  }
}

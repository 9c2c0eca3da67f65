import { getLogger } from "@logtape/logtape";
import type { Pbx } from "@/lib/admin/pbx.ts";
import type { Clock } from "@/lib/base/clock.ts";
import { contactOfLeg, newToken } from "@/lib/base/ids.ts";
import type { Hub } from "@/lib/base/hub.ts";
import { Cluster } from "@/lib/cluster/cluster.ts";
import {
  ClusterAgents,
  type ReportingDesk,
} from "@/lib/cluster/cluster_agents.ts";
import { LivingInstances } from "@/lib/cluster/living_instances.ts";
import type { BeaconReport } from "@/lib/cluster/members.ts";
import type { ReturningBus } from "@/lib/cluster/bus.ts";
import type { Pipe, PipeEvents } from "@/lib/cluster/pipes.ts";
import { Questions } from "@/lib/cluster/questions.ts";
import { acceptBy, type Opener } from "@/lib/cluster/served.ts";
import type { Metrics } from "@/lib/metrics/metrics.ts";
import type { Topics } from "@/lib/model/topics.ts";
import type { PbxBank } from "@/lib/pbx/pbx_bank.ts";
import type { Store } from "@/lib/store/open.ts";
import type { OtherInstances } from "@/lib/visitor/other_instances.ts";
import { tokenOf } from "@/lib/visitor/arrivals.ts";
import { PbxHomes } from "@/lib/pbx/pbx_homes.ts";
import { connectBus } from "./connect_bus.ts";
import { Homes, type HomesOptions } from "./homes.ts";
import { InstanceRow } from "./instance_row.ts";
import { joinPbxs, reportedLinks } from "./other_pbxs.ts";
import { Resignation } from "./resignation.ts";
import type { Resources } from "./run.ts";
import { Successors } from "./successors.ts";
import { VERSION } from "./version.ts";

const log = getLogger(["widgets", "cluster"]);

export interface ClusterResources extends Resources {
  clock: Clock;
  hub: Hub<Topics>;
  counters: Metrics;
}

/**
 * Makes this process one of several instances (CW_NATS): connects to NATS, and
 * shares the hub. What reads widgets or accounts opens after this, and `closing`
 * closes it before. The error of a rejection is for the operator.
 *
 * main.ts imports this file only with CW_NATS, so a single process loads neither
 * NATS nor lib/cluster.
 */
export async function openCluster(
  resources: ClusterResources,
): Promise<ProgramCluster> {
  const { store, clock, hub, counters, closing, config } = resources;
  const connected = await connectBus(config, {
    clock,
    onBadFrame: () => counters.count("cluster_bad_frames"),
  });
  if (!connected.ok) throw new Error(connected.error);
  const bus = closing.use(connected.value);
  const opened = closing.use(
    await ProgramCluster.open({ store, clock, counters, bus }),
  );
  await opened.cluster.share(hub, (limit) => store.audit.list({ limit }));
  log.info("This is instance {id}", { id: store.instance });
  return opened;
}

interface ProgramClusterOptions {
  store: Store;
  clock: Clock;
  counters: Metrics;
  bus: ReturningBus;
}

/** This process as one of several instances. */
export class ProgramCluster implements AsyncDisposable {
  readonly bus: ReturningBus;
  readonly cluster: Cluster;
  readonly #options: ProgramClusterOptions;
  readonly #row: InstanceRow;
  readonly #living: LivingInstances;
  readonly #successors: Successors;
  readonly #questions: Questions;
  readonly #reports: (() => BeaconReport)[] = [];
  #agents: ClusterAgents | undefined;
  #pbxHomes: PbxHomes | undefined;
  #openers: Readonly<Record<string, Opener>> | undefined;

  /** Rejects if the store does not answer. */
  static async open(options: ProgramClusterOptions): Promise<ProgramCluster> {
    const { store: { instances }, clock } = options;
    const row = await InstanceRow.open({
      ...{ instances, clock },
      changed: () => opened.cluster.members.changed(),
    });
    const opened = new ProgramCluster(options, row);
    return opened;
  }

  private constructor(options: ProgramClusterOptions, row: InstanceRow) {
    this.#options = options;
    this.#row = row;
    const { store: { instance: own, instances }, clock, bus } = options;
    const { counters } = options;
    this.bus = bus;
    this.cluster = new Cluster({
      ...{ bus, own, version: VERSION, clock, counters },
      isStoreOk: () => row.isStoreOk,
      report: () => this.#report(),
      accept: (pipe) => this.#accept(pipe),
    });
    const { members, pipes } = this.cluster;
    const onBadMessage = () => this.#countBad();
    this.#questions = new Questions({ pipes, members, clock, onBadMessage });
    this.#successors = new Successors({ bus, members });
    this.#living = new LivingInstances({
      ...{ own, bus, members, clock, rows: instances },
      isStoreOk: () => row.isStoreOk,
    });
  }

  /** Adds the agents of all other instances to those of this one. Other instances
   * reach these from now on. */
  join(
    { desk, pbx }: { desk: ReportingDesk; pbx: PbxBank },
  ): ClusterAgents {
    const { store: { instance: own, pbxClaims }, clock } = this.#options;
    const { members, pipes } = this.cluster;
    const agents = new ClusterAgents({
      ...{ own, pipes, members, desk, pbx, clock },
      links: () => pbx.links(),
      homeOf: (address) => this.#homeOf(address),
      homeOfChat: async (chat) => {
        if (!this.isStoreOk) throw new Error("The store does not answer");
        return await this.#options.store.runningChats.ownerOf(
          contactOfLeg(chat),
        );
      },
      onBadMessage: () => this.#countBad(),
    });
    this.#agents = agents;
    this.#pbxHomes = new PbxHomes({ bank: pbx, claims: pbxClaims, clock });
    members.onReport((_, report) => this.#heardLinks(pbx, report.pbx));
    this.serve({ ...agents.openers, ...this.#questions.openers });
    this.reports(() => agents.report());
    return agents;
  }

  /** Brings pages to their homes at all instances from now on. */
  home(
    given: Pick<HomesOptions, "desk" | "pbx" | "visitors" | "bridge">,
  ): Homes {
    if (this.#agents === undefined) throw new Error("Call join() first");
    const { store, clock } = this.#options;
    const { members, pipes } = this.cluster;
    const homes = new Homes({
      ...{ ...given, store, clock, members, pipes, agents: this.#agents },
      questions: this.#questions,
      isDead: (home) => this.isDead(home),
      successors: () => this.#successors.ids(),
      isStoreOk: () => this.isStoreOk,
      onBadMessage: () => this.#countBad(),
    });
    this.serve(homes.openers);
    return homes;
  }

  /** Creates a token that tells where its seat is. */
  newToken(): string {
    return tokenOf(this.#options.store.instance, newToken());
  }

  /** A PBX has a new link to this instance. */
  linked(key: string): void {
    this.#pbxHomes?.linked(key);
  }

  /** Shows the PBXs of all instances at each of them. */
  joinPbxs(pbx: Pbx): void {
    const { members } = this.cluster;
    joinPbxs({
      own: this.#options.store.instance,
      ...{ members, pbx, questions: this.#questions },
      onBadMessage: () => this.#countBad(),
    });
    this.reports(() => ({ links: reportedLinks(pbx) }));
  }

  /** Returns what the visitors' limits count of the other instances. */
  otherInstances(): OtherInstances {
    const { members } = this.cluster;
    return {
      get size() {
        return members.all().length;
      },
      contacts: () => members.all().map(({ report }) => report.contacts ?? {}),
      changed: () => members.changed(),
    };
  }

  /** Adds members to what this instance reports to all others. */
  reports(report: () => BeaconReport): void {
    this.#reports.push(report);
    this.cluster.members.changed();
  }

  /** Accepts these kinds of pipes from other instances, too. */
  serve(openers: Readonly<Record<string, Opener>>): void {
    this.#openers = { ...this.#openers, ...openers };
  }

  /** True for other instances that have ended. */
  isDead(home: string): Promise<boolean> {
    return this.#living.isDead(home);
  }

  /** True while another instance can continue what this one has. */
  canBeClaimed(): boolean {
    return this.#successors.hasAny();
  }

  /** False while the store does not answer this instance. */
  get isStoreOk(): boolean {
    return this.#row.isStoreOk;
  }

  /** Sends the pages of this instance to others while it cannot serve them. */
  resignIfCutOff(pages: { sendPagesAway(): void }): Disposable {
    return new Resignation({
      clock: this.#options.clock,
      isStoreOk: () => this.isStoreOk,
      isBusAway: () => this.#successors.isBusAway,
      canBeClaimed: () => this.canBeClaimed(),
      sendPagesAway: () => pages.sendPagesAway(),
    });
  }

  /** Says goodbye to the other instances. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#pbxHomes?.[Symbol.asyncDispose]();
    await this.#row[Symbol.asyncDispose]();
    this.#living[Symbol.dispose]();
    this.cluster[Symbol.dispose]();
  }

  /** Another instance has PBXs: perhaps a newer link of one of this instance. */
  #heardLinks(pbx: PbxBank, theirs: readonly string[] = []): void {
    const own = pbx.links();
    if (theirs.some((key) => own.includes(key))) void this.#pbxHomes?.look();
  }

  #report(): BeaconReport {
    return Object.assign({}, ...this.#reports.map((report) => report()));
  }

  #accept(pipe: Pipe): PipeEvents {
    if (this.#openers === undefined) return closed(pipe);
    return acceptBy(this.#openers, () => this.#countBad())(pipe);
  }

  #countBad(): void {
    this.#options.counters.count("cluster_bad_frames");
  }

  /** Returns the instance that has the workspace of an agent. */
  async #homeOf(address: string): Promise<string | undefined> {
    const { accounts, workspaceClaims } = this.#options.store;
    const account = await accounts.getByName(address);
    return account && await workspaceClaims.homeOf(account.value.id);
  }
}

/** Ends the pipe of an instance that is faster than the start of this one. */
function closed(pipe: Pipe): PipeEvents {
  return { message: () => pipe.close(), broken: () => {} };
}

import type { Clock } from "@/lib/base/clock.ts";
import type { Counters } from "@/lib/base/counters.ts";
import type { Hub } from "@/lib/base/hub.ts";
import type { AuditEntry } from "@/lib/model/audit.ts";
import type { Topics } from "@/lib/model/topics.ts";
import type { ReturningBus } from "./bus.ts";
import { type BeaconReport, Members } from "./members.ts";
import { type Pipe, type PipeEvents, Pipes } from "./pipes.ts";
import { SharedHub } from "./shared_hub.ts";

/** When the bus is back, pipes are compared once more after this time. */
const COMPARE_AGAIN_MS = 1_000;

export interface ClusterOptions {
  bus: ReturningBus;
  /** This instance's id, new at each start. */
  own: string;
  /** Version of the program. */
  version: string;
  clock: Clock;
  counters: Counters;
  /** False while the store does not answer this instance. */
  isStoreOk(): boolean;
  /** Returns what this instance reports to all others. */
  report(): BeaconReport;
  /** Called for each pipe that another instance opens here. */
  accept(pipe: Pipe): PipeEvents;
}

/** This process as one of several instances: the others that are alive, and the
 * pipes to them. */
export class Cluster implements Disposable {
  readonly own: string;
  readonly members: Members;
  readonly pipes: Pipes;
  readonly #options: ClusterOptions;
  readonly #open = new DisposableStack();
  #again: Disposable | undefined;

  constructor(options: ClusterOptions) {
    const { bus, own, version, clock, isStoreOk, counters } = options;
    this.#options = options;
    this.own = own;
    const onBadFrame = () => counters.count("cluster_bad_frames");
    this.members = this.#open.use(
      new Members({
        ...{ bus, own, version, clock, isStoreOk, onBadFrame },
        report: () => options.report(),
      }),
    );
    this.#open.use(bus.onReturn(() => this.#busReturned()));
    this.pipes = this.#open.use(
      new Pipes({
        ...{ bus, own, clock, onBadFrame },
        accept: (pipe) => options.accept(pipe),
        onResent: (to) => {
          counters.count("cluster_resent_frames");
          void this.members.suspect(to);
        },
      }),
    );
    this.#open.use(this.members.onGone((id) => this.pipes.gone(id)));
    this.#open.use(this.members.onReport((id) => this.pipes.alive(id)));
  }

  /** Shares the events of a hub with all instances, until this is disposed of.
   * Rejects if the store does not answer. */
  async share(
    hub: Hub<Topics>,
    changes: (limit: number) => Promise<AuditEntry[]>,
  ): Promise<void> {
    const { bus, own, clock, counters } = this.#options;
    const shared = this.#open.use(
      await SharedHub.open({
        ...{ hub, bus, own, clock, changes },
        isBusAway: () => bus.isAway,
        onBadFrame: () => counters.count("cluster_bad_frames"),
      }),
    );
    this.#open.use(bus.onReturn(() => void shared.compare()));
  }

  /** Others may have taken this instance for dead and broken its pipes. They may
   * also reconnect a little later. */
  #busReturned(): void {
    this.members.busReturned();
    this.pipes.compare();
    this.#again?.[Symbol.dispose]();
    this.#again = this.#options.clock.after(
      COMPARE_AGAIN_MS,
      () => this.pipes.compare(),
    );
  }

  /** Closes all pipes and says goodbye. */
  [Symbol.dispose](): void {
    this.#again?.[Symbol.dispose]();
    this.#open.dispose();
  }
}

import { type BeaconReport, Members } from "@/lib/cluster/members.ts";
import type { Clock } from "@/lib/base/clock.ts";
import { chance } from "./chance.ts";
import { FakeClock } from "./fake_clock.ts";
import { type BusFaults, LossyBus, MemoryBus } from "./memory_bus.ts";

/** An instance that only knows the others. */
export class CrowdMember implements Disposable {
  readonly bus: LossyBus;
  readonly members: Members;
  /** The report for the others; call `members.changed()` after a change. */
  report: BeaconReport = {};
  isStoreOk = true;
  /** Each instance that has gone, as `id planned` or `id lost`. */
  readonly gone: string[] = [];
  /** The newest report by instance, and the number of all reports. */
  readonly reports = new Map<string, BeaconReport>();
  reported = 0;
  badFrames = 0;

  constructor(
    id: string,
    { bus, clock, isStarting = false, ...faults }:
      & { bus: MemoryBus; clock: Clock; isStarting?: boolean }
      & Partial<BusFaults>,
  ) {
    this.bus = new LossyBus(bus, { luck: chance(1), clock, ...faults });
    this.members = new Members({
      ...{ bus: this.bus, own: id, version: "1.2.3", clock },
      report: () => this.report,
      isStoreOk: () => this.isStoreOk,
      onBadFrame: () => this.badFrames++,
    });
    if (!isStarting) this.members.announce();
    this.members.onGone((id, isPlanned) => {
      this.gone.push(`${id} ${isPlanned ? "planned" : "lost"}`);
    });
    this.members.onReport((id, report) => {
      this.reported++;
      this.reports.set(id, report);
    });
  }

  get ids(): string[] {
    return this.members.all().map(({ id }) => id).sort();
  }

  [Symbol.dispose](): void {
    this.members[Symbol.dispose]();
  }
}

/** Instances on one bus; `create` adds one. */
export function crowd() {
  const clock = new FakeClock();
  const bus = new MemoryBus(clock);
  const create = (id: string, faults: Partial<BusFaults> = {}) =>
    new CrowdMember(id, { ...faults, bus, clock });
  return { clock, bus, create };
}

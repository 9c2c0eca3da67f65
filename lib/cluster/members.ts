import { getLogger } from "@logtape/logtape";
import * as v from "valibot";
import type { Clock } from "@/lib/base/clock.ts";
import { every } from "@/lib/base/every.ts";
import { RecentMap } from "@/lib/base/recent_map.ts";
import type { AskedBus } from "./bus.ts";
import { type KnownMember, type Member, memberOf } from "./member.ts";
import { Ask, Beacon, Bye, Lost, WIRE } from "./member_frames.ts";
import {
  type BeaconReport,
  CopiedReport,
  OwnReport,
  type ReportStep,
} from "./member_report.ts";
import { OwnBeacons } from "./own_beacons.ts";
import { SUBJECTS } from "./subjects.ts";
import { Suspicions } from "./suspicions.ts";

export type { Member } from "./member.ts";
export type { BeaconReport } from "./member_report.ts";

const log = getLogger(["widgets", "cluster"]);

/** Time between two beacons. */
const BEACON_MS = 500;
/** An instance without a beacon for this time is dead. */
const DEAD_MS = 2_000;
/** The same while this instance receives nothing, not even its own beacons: the
 * bus is away, and the others are probably alive. */
const BUS_AWAY_MS = 10_000;
/** Wait before a whole report is asked for again. */
const SNAPSHOT_AGAIN_MS = 300;
/** Instances, at most; more can only be an error. */
const MEMBERS_MAX = 1_000;

export interface MembersOptions {
  bus: AskedBus;
  /** This instance's id, from `newInstanceId()`. */
  own: string;
  /** Version of the program. */
  version: string;
  clock: Clock;
  /** Returns what all others are told about this instance. It is called in a later
   * turn, at each beacon and after each call of `changed()`. */
  report(): BeaconReport;
  /** False while the store does not answer this instance. */
  isStoreOk(): boolean;
  /** A message was dropped because it was invalid. */
  onBadFrame?(): void;
}

/** Listens to instances that have gone. `isPlanned`: it has said so, and its
 * pages move to other instances now. */
type OnGone = (id: string, isPlanned: boolean) => void;
type OnReport = (id: string, report: BeaconReport) => void;

/**
 * The other instances of this service that are alive, by their beacons (SPEC.md).
 * A verdict may be wrong, for example about an instance that was suspended. So
 * the store decides who owns what; this only makes things fast.
 */
export class Members implements Disposable {
  readonly #options: MembersOptions;
  readonly #members = new Map<string, KnownMember>();
  /** Instances that have said goodbye. */
  readonly #left = new RecentMap<true>(MEMBERS_MAX);
  readonly #own = new OwnReport();
  readonly #onGone = new Set<OnGone>();
  readonly #onReport = new Set<OnReport>();
  readonly #open = new DisposableStack();
  readonly #beacons: OwnBeacons;
  readonly #suspicions: Suspicions;
  /** When the bus was back last. */
  #returnedAt = -Infinity;
  #isAnnounced = false;
  #isDraining = false;
  #isOver = false;
  #soon: Disposable | undefined;

  constructor(options: MembersOptions) {
    this.#options = options;
    const { bus, own, clock } = options;
    this.#beacons = new OwnBeacons(clock.now());
    this.#suspicions = this.#open.use(new Suspicions(bus, clock));
    this.#open.use(this.#on(SUBJECTS.here, Beacon, (here) => this.#hear(here)));
    this.#open.use(this.#on(SUBJECTS.bye, Bye, ({ id }) => this.#leave(id)));
    this.#open.use(this.#on(SUBJECTS.lost, Lost, ({ id }) => this.suspect(id)));
    this.#open.use(
      this.#on(SUBJECTS.ask(own), Ask, (ask) => this.#answer(ask)),
    );
    this.#open.use(every(clock, BEACON_MS, () => this.#look()));
    this.#open.defer(() => this.#soon?.[Symbol.dispose]());
    this.#open.defer(() => bus.tell(SUBJECTS.bye, { id: own }));
  }

  /** This instance can serve pages from now on, and all others learn of it. A
   * start may keep it so busy that it would be missed. */
  announce(): void {
    this.#isAnnounced = true;
    this.changed();
  }

  /** All others that are alive. */
  all(): Member[] {
    return [...this.#members.values()].map(memberOf);
  }

  /** Returns another instance that is alive. */
  get(id: string): Member | undefined {
    const known = this.#members.get(id);
    return known && memberOf(known);
  }

  /** Milliseconds that the last own beacon took over the bus; undefined while
   * none has come back. */
  get latencyMs(): number | undefined {
    return this.#beacons.latencyMs;
  }

  /** True while the bus carries nothing, not even this instance's own beacons. */
  get isBusAway(): boolean {
    return this.#beacons.isBusAway(this.#options.clock.now());
  }

  /** Calls `listen` when an instance has died or said goodbye. */
  onGone(listen: OnGone): Disposable {
    return added(this.#onGone, (id, isPlanned) => listen(id, isPlanned));
  }

  /** Calls `listen` with each new report of another instance, first with the
   * current ones. */
  onReport(listen: OnReport): Disposable {
    for (const [id, { copy }] of this.#members) listen(id, copy.report);
    return added(this.#onReport, (id, report) => listen(id, report));
  }

  /** The report, the store or draining has changed: all others learn of it in the
   * next turn. */
  changed(): void {
    if (this.#isOver || !this.#isAnnounced) return;
    this.#soon ??= this.#options.clock.after(0, () => {
      this.#soon = undefined;
      this.#tellHere();
    });
  }

  /** From now on, beacons say that this instance is about to stop. */
  drain(): void {
    this.#isDraining = true;
    this.changed();
  }

  /** Must be called when the bus is back. The others may reconnect later, so only
   * missing beacons count for 2 s. */
  busReturned(): void {
    this.#returnedAt = this.#options.clock.now();
    this.#beacons.since = this.#returnedAt;
  }

  /** Asks twice whether an instance that seems silent still listens. If nothing
   * listens there, it is gone after 250 ms, and the others are told to ask, too. */
  async suspect(id: string): Promise<void> {
    const known = this.#members.get(id);
    if (known === undefined || this.#hasJustReturned()) return;
    const isGone = await this.#suspicions.confirm(SUBJECTS.instance(id));
    if (!isGone || this.#isOver || this.#hasJustReturned()) return;
    if (this.#lose(id, known)) this.#options.bus.tell(SUBJECTS.lost, { id });
  }

  /** Says goodbye. */
  [Symbol.dispose](): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#open.dispose();
  }

  #on<T>(
    subject: string,
    schema: v.GenericSchema<unknown, T>,
    hear: (message: T) => unknown,
  ): Disposable {
    return this.#options.bus.on(subject, (message) => {
      const read = v.safeParse(schema, message);
      if (read.success) hear(read.output);
      else this.#options.onBadFrame?.();
    });
  }

  #hasJustReturned(): boolean {
    return this.#options.clock.now() - this.#returnedAt < DEAD_MS;
  }

  #tellHere(): void {
    const { bus, own, version, clock, report, isStoreOk } = this.#options;
    const step = this.#own.replace(report());
    const beat = this.#beacons.next(clock.now());
    const beacon: Beacon = {
      ...{ id: own, version, wire: WIRE, beat, n: this.#own.n },
      draining: this.#isDraining,
      store: isStoreOk() ? "ok" : "away",
      ...(typeof step === "object" && step),
    };
    bus.tell(SUBJECTS.here, beacon);
  }

  #hear(beacon: Beacon): void {
    const now = this.#options.clock.now();
    if (beacon.id === this.#options.own) {
      return this.#beacons.hear(beacon.beat, now);
    }
    if (this.#left.has(beacon.id)) return;
    const known = this.#members.get(beacon.id) ?? this.#join(beacon, now);
    if (known === undefined) return;
    known.heardAt = now;
    known.beacon = beacon;
    const { n, set, unset } = beacon;
    if (n === known.copy.n) return;
    const step: ReportStep | undefined = set && unset && { set, unset };
    if (step && known.copy.step(n, step)) this.#tellReport(known);
    else this.#askSnapshot(known, now);
  }

  #join(beacon: Beacon, now: number): KnownMember | undefined {
    if (this.#members.size >= MEMBERS_MAX) return undefined;
    const copy = new CopiedReport();
    const known = { beacon, copy, heardAt: now, askedAt: -Infinity };
    this.#members.set(beacon.id, known);
    const { id, version } = beacon;
    log.info("Instance {id} (version {version}) has joined", { id, version });
    this.changed(); // So that it knows this instance without delay.
    return known;
  }

  #leave(id: string): void {
    if (id === this.#options.own) return;
    this.#left.set(id, true);
    if (!this.#members.delete(id)) return;
    log.info("Instance {id} has stopped", { id });
    for (const listen of [...this.#onGone]) listen(id, true);
  }

  #lose(id: string, known: KnownMember): boolean {
    if (this.#members.get(id) !== known) return false;
    this.#members.delete(id);
    log.error("Instance {id} does not answer any more", { id });
    for (const listen of [...this.#onGone]) listen(id, false);
    return true;
  }

  /** Sends a beacon, and drops the instances whose beacons are missing. */
  #look(): void {
    const now = this.#options.clock.now();
    const { sentAt, since } = this.#beacons;
    const isLate = now - sentAt > 2 * BEACON_MS;
    const isBusAway = this.#beacons.isBusAway(now);
    if (this.#isAnnounced) this.#tellHere();
    for (const [id, known] of [...this.#members]) {
      // After a pause of this process, the others' beacons wait to be read.
      if (isLate) known.heardAt = now;
      const from = isBusAway ? known.heardAt : Math.max(known.heardAt, since);
      const limit = isBusAway ? BUS_AWAY_MS : DEAD_MS;
      if (now - from >= limit) this.#lose(id, known);
    }
  }

  #tellReport({ beacon: { id }, copy }: KnownMember): void {
    const { report } = copy;
    for (const listen of [...this.#onReport]) listen(id, report);
  }

  #askSnapshot(known: KnownMember, now: number): void {
    if (now - known.askedAt < SNAPSHOT_AGAIN_MS) return;
    known.askedAt = now;
    const ask: Ask = { type: "snapshot?", from: this.#options.own };
    this.#options.bus.tell(SUBJECTS.ask(known.beacon.id), ask);
  }

  #answer(ask: Ask): void {
    if (ask.type === "snapshot?") return this.#tellSnapshot(ask.from);
    const known = this.#members.get(ask.from);
    if (known?.copy.take(ask)) this.#tellReport(known);
  }

  #tellSnapshot(to: string): void {
    const { bus, own } = this.#options;
    for (const part of this.#own.parts()) {
      const answer: Ask = { type: "snapshot", from: own, ...part };
      bus.tell(SUBJECTS.ask(to), answer);
    }
  }
}

function added<T>(all: Set<T>, one: T): Disposable {
  all.add(one);
  return { [Symbol.dispose]: () => all.delete(one) };
}

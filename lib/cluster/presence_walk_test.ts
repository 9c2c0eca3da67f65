import { deepEqual } from "node:assert/strict";
import type { AskedBus } from "@/lib/cluster/bus.ts";
import type { Presence } from "@/lib/model/presence.ts";
import { type Chance, chance } from "@/tests/support/chance.ts";
import { ClusterInstance } from "@/tests/support/cluster_instance.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { FakeDesk } from "@/tests/support/fake_desk.ts";
import { MemoryBus } from "@/tests/support/memory_bus.ts";
import { SUBJECTS } from "./subjects.ts";

const AGENTS = ["otto", "ada", "max", "ida", "eva", "jan"] as const;
const PRESENCES = ["online", "away", "busy", "dnd"] as const;
const CALM_MS = 3_000;
const LOSS_EVERY_MS = 1_500;
const WALKS = 25;

Deno.test("[CLUSTER4] 3 s after the last event every page shows the truth, and an agent who moves is never shown as offline", async () => {
  const first = chance().seed;
  for (let n = 0; n < WALKS; n++) {
    const luck = chance((first + n) >>> 0);
    await new AgentWalk(luck).run().catch((cause) => {
      throw new Error(`failed with CW_SEED=${luck.seed}`, { cause });
    });
  }
});

/** An instance, its desk, and what a page of it shows. */
interface Walked {
  instance: ClusterInstance;
  desk: FakeDesk;
  bus: BeaconLosingBus;
  startedAt: number;
  shown: Map<string, Presence>;
}

/** A walk of agents over instances that start, stop and die. */
class AgentWalk {
  readonly #luck: Chance;
  readonly #clock = new FakeClock();
  readonly #bus = new MemoryBus(this.#clock);
  #walked: Walked[] = [];
  #count = 0;
  /** Where each agent is. */
  readonly #truth = new Map<string, { at: Walked; presence: Presence }>();
  /** The time from which each agent has been there, moves included. */
  readonly #since = new Map<string, number>();
  readonly #errors: string[] = [];

  constructor(luck: Chance) {
    this.#luck = luck;
  }

  async run(): Promise<void> {
    for (let n = 0; n < 3; n++) this.#start();
    for (let round = 0; round < 4; round++) {
      for (let step = 0; step < 12; step++) {
        await this.#step();
        await this.#pass(this.#luck.below(1_000));
      }
      await this.#pass(CALM_MS);
      this.#check();
    }
    for (const { instance } of this.#walked) instance[Symbol.dispose]();
    deepEqual(this.#errors, []);
  }

  async #step(): Promise<void> {
    const agent = this.#luck.pick(AGENTS);
    const walked = this.#luck.pick(this.#walked as [Walked, ...Walked[]]);
    const there = this.#truth.get(agent);
    const canLose = this.#walked.length > 1;
    switch (this.#luck.below(8)) {
      case 0:
        return this.#walked.length < 5 ? void this.#start() : undefined;
      case 1:
        return canLose ? await this.#stop(walked) : undefined;
      case 2:
        return canLose ? this.#kill(walked) : undefined;
      case 3:
        if (there === undefined || there.at === walked) return;
        this.#come(agent, walked, there.presence);
        await this.#pass(CALM_MS); // The desk's graceMs.
        return there.at.desk.show(agent, "offline");
      case 4:
        if (there === undefined) return;
        this.#truth.delete(agent);
        this.#since.delete(agent);
        return there.at.desk.show(agent, "offline");
      default:
        return this.#come(
          agent,
          there?.at ?? walked,
          this.#luck.pick(PRESENCES),
        );
    }
  }

  #come(agent: string, at: Walked, presence: Presence): void {
    this.#truth.set(agent, { at, presence });
    if (!this.#since.has(agent)) this.#since.set(agent, this.#clock.now());
    at.desk.show(agent, presence);
  }

  #start(): void {
    const desk = new FakeDesk();
    const bus = new BeaconLosingBus(this.#bus, this.#luck, this.#clock);
    const instance = new ClusterInstance({
      ...{ own: `i${++this.#count}`, bus, clock: this.#clock, desk },
      homeOf: (agent) =>
        Promise.resolve(this.#truth.get(agent)?.at.instance.id),
    });
    const startedAt = this.#clock.now();
    const walked = { instance, desk, bus, startedAt, shown: new Map() };
    for (const agent of AGENTS) {
      instance.agents.desk.watch(agent, (presence) => {
        walked.shown.set(agent, presence);
        this.#look(agent, presence, walked);
      });
    }
    this.#walked.push(walked);
  }

  /** A planned stop: its agents soon reach another instance. The next one can
   * only stop when all others have heard of them, even if beacons are lost. */
  async #stop(walked: Walked): Promise<void> {
    this.#walked = this.#walked.filter((other) => other !== walked);
    walked.instance[Symbol.dispose]();
    for (const [agent, { at, presence }] of [...this.#truth]) {
      if (at !== walked) continue;
      await this.#pass(this.#luck.below(100));
      const to = this.#luck.pick(this.#walked as [Walked, ...Walked[]]);
      this.#come(agent, to, presence);
    }
    await this.#pass(CALM_MS);
  }

  #kill(walked: Walked): void {
    this.#walked = this.#walked.filter((other) => other !== walked);
    walked.bus.isCut = true;
    walked.instance[Symbol.dispose]();
    for (const [agent, { at }] of [...this.#truth]) {
      if (at !== walked) continue;
      this.#truth.delete(agent);
      this.#since.delete(agent);
    }
  }

  #look(agent: string, presence: Presence, { startedAt }: Walked): void {
    const since = Math.max(this.#since.get(agent) ?? Infinity, startedAt);
    const isKnown = this.#clock.now() - since >= CALM_MS;
    if (presence !== "offline" || !isKnown) return;
    this.#errors.push(`${agent} was shown as offline while moving`);
  }

  #check(): void {
    for (const { instance, shown } of this.#walked) {
      for (const agent of AGENTS) {
        const presence = this.#truth.get(agent)?.presence ?? "offline";
        if (shown.get(agent) === presence) continue;
        this.#errors.push(
          `${instance.id} shows ${agent} as ${
            shown.get(agent)
          }, not ${presence}`,
        );
      }
    }
    deepEqual(this.#errors, []);
  }

  async #pass(ms: number): Promise<void> {
    for (let left = ms; left > 0; left -= 50) {
      this.#clock.advance(Math.min(left, 50));
      await Promise.resolve();
      await Promise.resolve();
    }
  }
}

/** Loses beacons, questions and snapshots of one instance: at most one in
 * `LOSS_EVERY_MS`, because an instance without four beacons in a row is dead. */
class BeaconLosingBus implements AskedBus {
  isCut = false;
  readonly #bus: AskedBus;
  readonly #luck: Chance;
  readonly #clock: FakeClock;
  #lostAt = 0;

  constructor(bus: AskedBus, luck: Chance, clock: FakeClock) {
    this.#bus = bus;
    this.#luck = luck;
    this.#clock = clock;
  }

  tell(subject: string, message: unknown): void {
    if (this.isCut) return;
    const now = this.#clock.now();
    const canLose = subject !== SUBJECTS.bye &&
      now - this.#lostAt >= LOSS_EVERY_MS;
    if (!canLose || this.#luck.below(2) === 0) {
      return this.#bus.tell(subject, message);
    }
    this.#lostAt = now;
  }

  on(subject: string, hear: (message: unknown) => void): Disposable {
    return this.#bus.on(subject, (message) => {
      if (!this.isCut) hear(message);
    });
  }

  reaches(subject: string): Promise<boolean> {
    return this.isCut ? Promise.resolve(true) : this.#bus.reaches(subject);
  }
}

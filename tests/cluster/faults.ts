import type { Chance } from "../support/chance.ts";
import type { Fleet, Instance, Servers } from "../support/fleet.ts";

/** A failure while a fleet works. */
export interface Fault {
  kind: string;
  /** Longest time in which a talk may hear nothing. */
  silenceMs: number;
  /** Causes it, and repairs the fleet afterwards. */
  happen(scene: Scene): Promise<void>;
}

export interface Scene extends Servers {
  fleet: Fleet;
  luck: Chance;
}

/** Limits of the silence of a talk. An instance waits 5 s for each answer of the
 * store, before others continue its chats. */
export const SILENCE_MS = { planned: 2_000, other: 5_000, noStore: 12_000 };
/** The part of the talks that a kill interrupts: silences over this. */
export const INTERRUPTED_MS = 250;
export const KILLED_MEDIAN_MS = 1_000;

const FROZEN_MS = 5_000;
const CUT_OFF_MS = 3_000;
const BUS_DOWN_MS = 1_000;

export const KILLED = "an instance is killed";
export const PARTED = "an instance is cut off from the bus";

const other = { silenceMs: SILENCE_MS.other };
const OF_ONE: Fault[] = [
  {
    kind: KILLED,
    ...other,
    async happen(scene) {
      const instance = anyOf(scene);
      await instance.stop("SIGKILL");
      await instance.start();
    },
  },
  {
    kind: "PostgreSQL is restarted",
    ...other,
    async happen({ postgres }) {
      await postgres.stop();
      await postgres.start();
    },
  },
];
const OF_SEVERAL: Fault[] = [
  {
    kind: "an instance is stopped",
    silenceMs: SILENCE_MS.planned,
    async happen(scene) {
      const instance = anyOf(scene);
      await instance.stop("SIGTERM");
      await instance.start();
    },
  },
  {
    kind: "an instance hangs",
    ...other,
    async happen(scene) {
      const instance = anyOf(scene);
      instance.freeze();
      await pass(FROZEN_MS);
      instance.thaw();
    },
  },
  {
    kind: "an instance is cut off from the store",
    silenceMs: SILENCE_MS.noStore,
    async happen(scene) {
      const instance = anyOf(scene);
      instance.partStore();
      await pass(CUT_OFF_MS);
      instance.join();
    },
  },
  {
    kind: PARTED,
    ...other,
    async happen(scene) {
      const instance = anyOf(scene);
      instance.partBus();
      await pass(CUT_OFF_MS);
      instance.join();
    },
  },
  {
    kind: "NATS is killed",
    ...other,
    async happen({ nats }) {
      await Promise.all(nats.map((node) => node.kill()));
      await pass(BUS_DOWN_MS);
      await Promise.all(nats.map((node) => node.restart()));
    },
  },
];
const OF_NODES: Fault[] = [
  {
    kind: "a node of NATS is killed",
    ...other,
    async happen({ nats, luck }) {
      const node = nats[luck.below(nats.length)];
      await node?.kill();
      await pass(BUS_DOWN_MS);
      await node?.restart();
    },
  },
];

/** The faults that this fleet must survive. */
export function faultsOf({ fleet, nats }: Scene): Fault[] {
  return [
    ...OF_ONE,
    ...fleet.instances.length > 1 ? OF_SEVERAL : [],
    ...nats.length > 1 ? OF_NODES : [],
  ];
}

/** Returns `count` faults in a random order, each kind equally often. */
export function faultsInTurn(scene: Scene, count: number): Fault[] {
  const all = faultsOf(scene);
  const turns: Fault[] = [];
  while (turns.length < count) {
    const rest = [...all];
    while (rest.length > 0) {
      turns.push(...rest.splice(scene.luck.below(rest.length), 1));
    }
  }
  return turns.slice(0, count);
}

function anyOf({ fleet, luck }: Scene): Instance {
  const instance = fleet.instances[luck.below(fleet.instances.length)];
  if (instance === undefined) throw new Error("There is no instance");
  return instance;
}

/** Lets an outage last. */
export function pass(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}

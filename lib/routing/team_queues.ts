import type { Clock } from "@/lib/base/clock.ts";
import { every } from "@/lib/base/every.ts";
import type { QueuedContact, QueueReport } from "@/lib/model/topics.ts";

/** Positions are told after this time, so that many changes are one message. */
const TELL_MS = 500;
/** The first contact of a queue has its turn at least this often: an agent may
 * be free without a change of presence. */
const LOOK_MS = 5_000;
/** Contacts of one report. */
const REPORTED_MAX = 500;
/** The contacts of another instance count for this time after its report. */
const REPORT_MS = 15_000;

/** A contact of this instance. */
export interface QueueEntry extends QueuedContact {
  /** Its position has changed. */
  moved(position: number): void;
  /** It is the first one. */
  turn(): void;
}

interface Queue {
  own: QueueEntry[];
  /** The last told positions by contact; they never increase. */
  told: Map<string, number>;
  /** By instance. */
  others: Map<string, { waiting: readonly QueuedContact[]; until: number }>;
  telling: Disposable | undefined;
}

/**
 * The contacts that wait for teams, by team: first come, first served. Each
 * instance knows those of the others from their reports. A lost report makes a
 * position wrong for some seconds, or lets two contacts have their turn at the
 * same time; both are harmless.
 */
export class TeamQueues implements Disposable {
  readonly #clock: Clock;
  readonly #own: string;
  readonly #report: (report: QueueReport) => void;
  readonly #queues = new Map<string, Queue>();
  readonly #looking: Disposable;

  constructor({ clock, own = "", report = () => {} }: {
    clock: Clock;
    /** This instance. */
    own?: string;
    /** Tells the other instances which contacts wait here. */
    report?: (report: QueueReport) => void;
  }) {
    this.#clock = clock;
    this.#own = own;
    this.#report = report;
    this.#looking = every(clock, LOOK_MS, () => this.#look());
  }

  /** Number of contacts that wait for the team. */
  size(team: string): number {
    const queue = this.#queues.get(team);
    if (queue === undefined) return 0;
    return [...queue.others.values()].reduce(
      (sum, { waiting }) => sum + waiting.length,
      queue.own.length,
    );
  }

  /** Adds a contact. It leaves when the result is disposed of. */
  join(team: string, entry: QueueEntry): Disposable {
    const queue = this.#queues.get(team) ?? newQueue();
    this.#queues.set(team, queue);
    queue.own = [...queue.own, entry].sort(byTime);
    this.#changed(team, queue);
    return {
      [Symbol.dispose]: () => {
        if (!queue.own.includes(entry)) return;
        queue.own = queue.own.filter((one) => one !== entry);
        queue.told.delete(entry.id);
        this.#changed(team, queue);
      },
    };
  }

  /** An agent of the team may be free. */
  poke(team: string): void {
    const queue = this.#queues.get(team);
    if (queue !== undefined) this.#turn(queue);
  }

  /** Another instance has reported its contacts. */
  hear({ team, from, waiting }: QueueReport): void {
    if (from === this.#own) return;
    const queue = this.#queues.get(team);
    if (queue === undefined && waiting.length === 0) return;
    const known = queue ?? newQueue();
    this.#queues.set(team, known);
    const until = this.#clock.now() + REPORT_MS;
    if (waiting.length > 0) known.others.set(from, { waiting, until });
    else known.others.delete(from);
    this.#tellSoon(team, known);
  }

  [Symbol.dispose](): void {
    this.#looking[Symbol.dispose]();
    for (const { telling } of this.#queues.values()) {
      telling?.[Symbol.dispose]();
    }
    this.#queues.clear();
  }

  #changed(team: string, queue: Queue): void {
    this.#tellOthers(team, queue);
    this.#tellSoon(team, queue);
  }

  #tellOthers(team: string, queue: Queue): void {
    const waiting = queue.own.slice(0, REPORTED_MAX)
      .map(({ id, since }) => ({ id, since }));
    this.#report({ team, from: this.#own, waiting });
  }

  #look(): void {
    const now = this.#clock.now();
    for (const [team, queue] of [...this.#queues]) {
      for (const [from, { until }] of queue.others) {
        if (until <= now) queue.others.delete(from);
      }
      if (queue.own.length === 0 && queue.others.size === 0) {
        queue.telling?.[Symbol.dispose]();
        this.#queues.delete(team);
        continue;
      }
      if (queue.own.length > 0) this.#tellOthers(team, queue);
      this.#tell(queue);
    }
  }

  #tellSoon(team: string, queue: Queue): void {
    queue.telling ??= this.#clock.after(TELL_MS, () => {
      queue.telling = undefined;
      if (this.#queues.get(team) === queue) this.#tell(queue);
    });
  }

  #tell(queue: Queue): void {
    for (const [id, position] of positionsOf(queue)) {
      const before = queue.told.get(id) ?? Infinity;
      if (position >= before) continue;
      queue.told.set(id, position);
      queue.own.find((one) => one.id === id)?.moved(position);
    }
    this.#turn(queue);
  }

  #turn(queue: Queue): void {
    const [first] = queue.own;
    if (first !== undefined && positionsOf(queue).get(first.id) === 1) {
      first.turn();
    }
  }
}

function newQueue(): Queue {
  return { own: [], told: new Map(), others: new Map(), telling: undefined };
}

/** Returns the positions of the own contacts, from 1. One that moves to another
 * instance is in both reports for a moment. */
function positionsOf({ own, others }: Queue): Map<string, number> {
  const foreign = [...others.values()].flatMap(({ waiting }) => waiting);
  const byId = new Map<string, QueuedContact>(
    [...foreign, ...own].map((one) => [one.id, one]),
  );
  const all = [...byId.values()].sort(byTime);
  const ids = new Set(own.map(({ id }) => id));
  return new Map(
    all.map(({ id }, n) => [id, n + 1] as const).filter(([id]) => ids.has(id)),
  );
}

function byTime(a: QueuedContact, b: QueuedContact): number {
  return a.since - b.since || (a.id < b.id ? -1 : 1);
}

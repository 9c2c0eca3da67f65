import type { Clock } from "@/lib/base/clock.ts";
import type { AskedBus, ReturningBus } from "@/lib/cluster/bus.ts";
import type { Chance } from "./chance.ts";

/**
 * A bus inside the process, for tests. Like NATS, it carries JSON and delivers in
 * a later turn, in order; with a FakeClock, at the next `advance`.
 */
export class MemoryBus implements AskedBus, Disposable {
  readonly #clock: Pick<Clock, "after">;
  readonly #listeners = new Map<string, Set<(message: unknown) => void>>();
  #sent: [subject: string, text: string][] = [];
  #timer: Disposable | undefined;

  constructor(clock: Pick<Clock, "after">) {
    this.#clock = clock;
  }

  tell(subject: string, message: unknown): void {
    if (this.#sent.push([subject, JSON.stringify(message)]) > 1) return;
    this.#timer = this.#clock.after(0, () => {
      const sent = this.#sent;
      this.#sent = [];
      for (const [subject, text] of sent) this.#deliver(subject, text);
    });
  }

  on(subject: string, hear: (message: unknown) => void): Disposable {
    const listeners = this.#listeners.get(subject) ?? new Set();
    this.#listeners.set(subject, listeners);
    const own = (message: unknown) => hear(message); // Allows the same one twice.
    listeners.add(own);
    return { [Symbol.dispose]: () => listeners.delete(own) };
  }

  reaches(subject: string): Promise<boolean> {
    return Promise.resolve((this.#listeners.get(subject)?.size ?? 0) > 0);
  }

  /** Loses what has not been delivered yet. */
  [Symbol.dispose](): void {
    this.#timer?.[Symbol.dispose]();
    this.#sent = [];
  }

  #deliver(subject: string, text: string): void {
    for (const hear of [...this.#listeners.get(subject) ?? []]) {
      hear(JSON.parse(text));
    }
  }
}

/** The faults of a {@linkcode LossyBus}. */
export interface BusFaults {
  luck: Pick<Chance, "next" | "below">;
  clock: Pick<Clock, "after">;
  /** Parts of the messages that are lost, delivered twice, and late. */
  lost?: number;
  twice?: number;
  late?: number;
  /** Milliseconds by which a late message is late, at most. */
  lateMs?: number;
}

/** One instance's access to a bus that loses, repeats and reorders messages, and
 * that can be cut. */
export class LossyBus implements ReturningBus {
  /** Nothing is sent or received. */
  isCut = false;
  readonly #returns = new Set<() => void>();
  /** The messages that were lost. */
  losses = 0;
  readonly #bus: AskedBus;
  #faults: BusFaults;

  constructor(bus: AskedBus, faults: BusFaults) {
    this.#bus = bus;
    this.#faults = faults;
  }

  get isAway(): boolean {
    return this.isCut;
  }

  onReturn(run: () => void): Disposable {
    const own = () => run();
    this.#returns.add(own);
    return { [Symbol.dispose]: () => this.#returns.delete(own) };
  }

  /** Ends all faults, and the cut. */
  heal(): void {
    const { luck, clock } = this.#faults;
    const wasCut = this.isCut;
    this.#faults = { luck, clock };
    this.isCut = false;
    if (wasCut) { for (const run of [...this.#returns]) run(); }
  }

  tell(subject: string, message: unknown): void {
    const { luck, lost = 0, twice = 0 } = this.#faults;
    if (this.isCut || luck.next() < lost) {
      this.losses++;
      return;
    }
    this.#send(subject, message);
    if (luck.next() < twice) this.#send(subject, message);
  }

  on(subject: string, hear: (message: unknown) => void): Disposable {
    return this.#bus.on(subject, (message) => {
      if (!this.isCut) hear(message);
    });
  }

  reaches(subject: string): Promise<boolean> {
    return this.isCut ? Promise.resolve(true) : this.#bus.reaches(subject);
  }

  #send(subject: string, message: unknown): void {
    const { luck, clock, late = 0, lateMs = 50 } = this.#faults;
    if (luck.next() >= late) return this.#bus.tell(subject, message);
    const copy = structuredClone(message);
    clock.after(luck.below(lateMs), () => this.#bus.tell(subject, copy));
  }
}

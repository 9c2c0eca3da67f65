import { getLogger } from "@logtape/logtape";
import * as v from "valibot";
import type { Clock } from "@/lib/base/clock.ts";
import { every } from "@/lib/base/every.ts";
import { RecentMap } from "@/lib/base/recent_map.ts";
import type { Bus } from "./bus.ts";
import { NumberSet } from "./number_set.ts";
import { type Pipe, PipeEnd, type PipeEvents } from "./pipe_end.ts";
import {
  type DataFrame,
  FRAME_PIPES_MAX,
  partsOf,
  PipeFrame,
} from "./pipe_frames.ts";
import { SUBJECTS } from "./subjects.ts";

export type { Pipe, PipeEvents } from "./pipe_end.ts";

const log = getLogger(["widgets", "cluster"]);

/** Pipes of one instance, at most; further ones break immediately. */
const PIPES_MAX = 100_000;
/** Time between two comparisons of the open pipes with each other instance. */
const COMPARE_MS = 10_000;
/** Instances whose ended pipes are remembered. An id never comes back, so it is
 * enough to cover those that may still be running. */
const INSTANCES_MAX = 1_000;

export interface PipesOptions {
  bus: Bus;
  /** This instance's id. */
  own: string;
  clock: Clock;
  /** Called for each pipe that another instance opens here. The pipe can already
   * be used; its first message follows. */
  accept(pipe: Pipe): PipeEvents;
  /** A frame was dropped because it was invalid. */
  onBadFrame?(): void;
  /** A frame was sent again, because an instance did not acknowledge it. */
  onResent?(to: string): void;
}

/**
 * The pipes between this instance and others, over a bus that loses messages:
 * what is sent arrives once and in order while both instances live (SPEC.md). All
 * frames to an instance have one subject, however many pipes it has.
 */
export class Pipes implements Disposable {
  readonly #options: PipesOptions;
  readonly #ends = new Map<string, PipeEnd>();
  /** By instance: the numbers of all pipes that it has opened here. */
  readonly #accepted = new RecentMap<NumberSet>(INSTANCES_MAX);
  /** Instances that were taken for dead. */
  readonly #gone = new RecentMap<true>(INSTANCES_MAX);
  readonly #owed = new Set<PipeEnd>();
  #acks: Disposable | undefined;
  readonly #comparing: Disposable;
  readonly #listening: Disposable;
  #opened = 0;

  constructor(options: PipesOptions) {
    this.#options = options;
    const { bus, own, clock } = options;
    this.#listening = bus.on(
      SUBJECTS.instance(own),
      (frame) => this.#hear(frame),
    );
    this.#comparing = every(clock, COMPARE_MS, () => this.compare());
  }

  /** The number of pipes that have not ended. */
  get size(): number {
    return this.#ends.size;
  }

  /** Opens a pipe. The other instance learns of it with the first message. */
  open(to: string, events: PipeEvents): Pipe {
    const end = this.#create(`${this.#options.own}.${++this.#opened}`, to);
    end.events = safe(end, events);
    return end;
  }

  /** Breaks all pipes to an instance that is dead, or was taken for dead. */
  gone(instance: string): void {
    this.#gone.set(instance, true);
    for (const end of [...this.#ends.values()]) {
      if (end.to === instance) end.break(false);
    }
  }

  /** Must be called when an instance is alive. If it was taken for dead, it may
   * not know that its pipes were broken here, so it is asked for them. */
  alive(instance: string): void {
    if (!this.#gone.delete(instance)) return;
    this.#tell(instance, { type: "open", pipes: [], asks: true });
  }

  /** Tells each other instance, or only this one, which pipes are open, as every
   * 10 s. It answers for those that have ended there, in case nothing else has
   * told this instance. */
  compare(only?: string): void {
    const open = [...this.#ends.values()].filter(({ isOpen, to }) =>
      isOpen && (only === undefined || to === only)
    );
    const all = Map.groupBy(open, ({ to }) => to);
    for (const [to, ends] of all) {
      for (let at = 0; at < ends.length; at += FRAME_PIPES_MAX) {
        const pipes = ends.slice(at, at + FRAME_PIPES_MAX)
          .map(({ id }) => id);
        this.#tell(to, { type: "open", pipes });
      }
    }
  }

  /** Closes all pipes, without waiting for acks. */
  [Symbol.dispose](): void {
    for (const end of [...this.#ends.values()]) {
      end.close();
      end.break(true);
    }
    this.#acks?.[Symbol.dispose]();
    this.#comparing[Symbol.dispose]();
    this.#listening[Symbol.dispose]();
  }

  #create(id: string, to: string): PipeEnd {
    const { clock } = this.#options;
    const end: PipeEnd = new PipeEnd({
      clock,
      tell: (frame) => {
        this.#owed.delete(end);
        this.#tell(to, { type: "data", pipe: id, ...frame });
      },
      acknowledge: () => this.#owe(end),
      onResent: () => this.#options.onResent?.(to),
      onEnd: (isOver) => {
        this.#ends.delete(id);
        this.#owed.delete(end);
        if (!isOver) this.#tell(to, { type: "over", pipe: id });
      },
    }, { id, to });
    this.#ends.set(id, end);
    return end;
  }

  #tell(to: string, frame: Unsigned<PipeFrame>): void {
    const { bus, own } = this.#options;
    bus.tell(SUBJECTS.instance(to), { ...frame, from: own });
  }

  #owe(end: PipeEnd): void {
    this.#owed.add(end);
    this.#acks ??= this.#options.clock.after(0, () => {
      this.#acks = undefined;
      this.#tellAcks();
    });
  }

  /** Sends the acks of a turn, in one frame for each instance. */
  #tellAcks(): void {
    const all = Map.groupBy(this.#owed.values(), ({ to }) => to);
    this.#owed.clear();
    for (const [to, ends] of all) {
      for (let at = 0; at < ends.length; at += FRAME_PIPES_MAX) {
        const pipes = ends.slice(at, at + FRAME_PIPES_MAX)
          .map(({ id, heard }) => [id, heard] as const);
        this.#tell(to, { type: "heard", pipes: Object.fromEntries(pipes) });
      }
    }
  }

  #hear(given: unknown): void {
    const read = v.safeParse(PipeFrame, given);
    if (!read.success) return this.#options.onBadFrame?.();
    const frame = read.output;
    if ("pipe" in frame && this.#isForged(frame)) {
      return this.#options.onBadFrame?.();
    }
    switch (frame.type) {
      case "data":
        return this.#hearData(frame);
      case "heard":
        for (const [pipe, heard] of Object.entries(frame.pipes)) {
          this.#end(pipe, frame.from)?.forget(heard);
        }
        return;
      case "over":
        return this.#end(frame.pipe, frame.from)?.break(true);
      case "open":
        for (const pipe of frame.pipes) {
          if (this.#end(pipe, frame.from) === undefined) {
            this.#answerOver(pipe, frame.from);
          }
        }
        if (frame.asks) this.compare(frame.from);
    }
  }

  /** True if a frame is about a pipe of two other instances. */
  #isForged({ pipe, from }: { pipe: string; from: string }): boolean {
    const { opener } = partsOf(pipe);
    if (opener !== this.#options.own) return opener !== from;
    const end = this.#ends.get(pipe);
    return end !== undefined && end.to !== from;
  }

  #hearData(frame: DataFrame): void {
    const { pipe, from } = frame;
    const end = this.#end(pipe, from);
    if (end !== undefined) return end.hear(frame);
    if (this.#answerOver(pipe, from)) return;
    // The first message of a new pipe. Others wait until it is sent again.
    if (frame.n === 1 && frame.messages.length > 0) {
      this.#acceptedFrom(from).add(partsOf(pipe).number);
      this.#accept(frame);
    }
  }

  #accept(frame: DataFrame): void {
    const { pipe, from } = frame;
    if (this.#ends.size >= PIPES_MAX) {
      return this.#tell(from, { type: "over", pipe });
    }
    const end = this.#create(pipe, from);
    try {
      const events = this.#options.accept(end);
      if (end.isOpen) end.events = safe(end, events);
    } catch (error) {
      log.error("Cannot accept a pipe from {from}: {error}", { from, error });
      return end.break(false);
    }
    end.hear(frame);
    if (!this.#ends.has(pipe)) this.#answerOver(pipe, from);
  }

  /** Returns the end of a pipe to an instance, unless it has ended here. */
  #end(pipe: string, from: string): PipeEnd | undefined {
    const end = this.#ends.get(pipe);
    return end?.to === from ? end : undefined;
  }

  /** Tells an instance that a pipe has ended here; returns false if the pipe has
   * not begun here yet. */
  #answerOver(pipe: string, to: string): boolean {
    const { opener, number } = partsOf(pipe);
    const hasBegun = opener === this.#options.own ||
      this.#accepted.get(opener)?.has(number) === true;
    if (hasBegun) this.#tell(to, { type: "over", pipe });
    return hasBegun;
  }

  #acceptedFrom(instance: string): NumberSet {
    const numbers = this.#accepted.get(instance) ?? new NumberSet();
    this.#accepted.set(instance, numbers);
    return numbers;
  }
}

type Unsigned<Frame> = Frame extends PipeFrame ? Omit<Frame, "from"> : never;

/** Returns the same events; an exception in one of them ends only this pipe. */
function safe(end: PipeEnd, events: PipeEvents): PipeEvents {
  const guard = (run: () => void) => {
    try {
      run();
    } catch (error) {
      log.error("Cannot handle a message of another instance: {error}", {
        error,
      });
      end.break(false);
    }
  };
  return {
    message: (message) => guard(() => events.message(message)),
    broken: () => guard(() => events.broken()),
  };
}

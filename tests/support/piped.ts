import { type Pipe, type PipeEvents, Pipes } from "@/lib/cluster/pipes.ts";
import { FakeClock } from "./fake_clock.ts";
import { type BusFaults, LossyBus, MemoryBus } from "./memory_bus.ts";
import { chance } from "./chance.ts";

/** One end of a pipe, with all that it has received. */
export class RecordedEnd implements PipeEvents {
  readonly messages: unknown[] = [];
  /** Calls of `broken`. */
  breaks = 0;
  pipe!: Pipe;
  /** Called with each message. */
  onMessage: (message: unknown) => void = () => {};

  message(message: unknown): void {
    this.messages.push(message);
    this.onMessage(message);
  }

  broken(): void {
    this.breaks++;
  }
}

/** An instance with pipes, and a bus with faults. */
export interface PipedInstance {
  bus: LossyBus;
  pipes: Pipes;
  accepted: RecordedEnd[];
  /** Called with each end that another instance opens. */
  onAccept: (end: RecordedEnd) => void;
  badFrames: number;
  resent: number;
  open(to: string): RecordedEnd;
}

/** Instances `a` and `b` with pipes, on one bus. */
export function piped(faults: Partial<Omit<BusFaults, "clock">> = {}) {
  const clock = new FakeClock();
  const bus = new MemoryBus(clock);
  const create = (own: string): PipedInstance => {
    const instance: PipedInstance = {
      bus: new LossyBus(bus, { luck: chance(1), clock, ...faults }),
      pipes: undefined!,
      accepted: [],
      onAccept: () => {},
      badFrames: 0,
      resent: 0,
      open(to) {
        const end = new RecordedEnd();
        end.pipe = instance.pipes.open(to, end);
        return end;
      },
    };
    instance.pipes = new Pipes({
      ...{ bus: instance.bus, own, clock },
      accept(pipe) {
        const end = Object.assign(new RecordedEnd(), { pipe });
        instance.accepted.push(end);
        instance.onAccept(end);
        return end;
      },
      onBadFrame: () => instance.badFrames++,
      onResent: () => instance.resent++,
    });
    return instance;
  };
  return { clock, bus, a: create("a"), b: create("b") };
}

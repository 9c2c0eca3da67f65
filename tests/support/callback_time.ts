import { LOOK_MS } from "@/lib/callbacks/ringer.ts";
import type { TaskStore } from "@/lib/store/task_store.ts";
import type { FakeClock } from "./fake_clock.ts";
import { turns } from "./simulated_pbx/in_memory.ts";

/** Tells when the rounds of a task have ended. */
export function awaited(tasks: Pick<TaskStore, "run">) {
  const all: Promise<unknown>[] = [];
  const run: typeof tasks.run = (...task) => {
    const round = tasks.run(...task);
    all.push(round);
    return round;
  };
  return { run, settled: () => Promise.all(all.splice(0)) };
}

/** Lets time pass until all work of it has ended. */
export function timeOf(
  clock: FakeClock,
  work: readonly { settled(): Promise<unknown> }[],
) {
  async function step(ms: number) {
    clock.advance(ms);
    for (const one of work) await one.settled();
    await turns();
  }
  /** Lets time pass, look by look. */
  async function pass(ms: number) {
    for (let waited = 0; waited < ms; waited += LOOK_MS) await step(LOOK_MS);
  }
  /** Lets a longer time pass in one step, and then some looks. */
  async function leap(ms: number) {
    await step(ms);
    await pass(2 * LOOK_MS);
  }
  return { pass, leap };
}

/** Calls of a store, which may take long on a busy host. */
export class InFlight {
  #count = 0;

  /** Returns the call, counted until it has ended. */
  of<A extends unknown[], T>(call: (...given: A) => Promise<T>) {
    return async (...given: A): Promise<T> => {
      this.#count++;
      try {
        return await call(...given);
      } finally {
        this.#count--;
      }
    };
  }

  /** Resolves when nothing happens any more. */
  async ended(): Promise<void> {
    do await turns(); while (this.#count > 0);
  }
}

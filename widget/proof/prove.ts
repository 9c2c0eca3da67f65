import { type Puzzle, Solver } from "@/lib/protocol/visitor/puzzle.ts";
import type { Work } from "../contact/work.ts";

/** So long the page may stand still at a time; more would be felt. */
export const SLICE_MS = 8;
/** From then on the visitor is told what is going on. */
export const LATE_MS = 1_000;

/** For whom a puzzle is solved. */
export type Task = Pick<Work, "signal" | "tell"> & {
  host: Pick<Work["host"], "send">;
};

/** What is handed in, so that tests need neither time nor a page. */
export interface Surroundings {
  /** In ms. */
  now(): number;
  /** Runs it after everything else that waits for its turn. */
  soon(run: () => void): void;
}

/** A channel's messages do not slow down in a tab that is not seen, and leave
 * what the visitor does its turn. A Worker would need leave of the page's CSP. */
const browser: Surroundings = {
  now: () => performance.now(),
  soon(run) {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      run();
    };
    port2.postMessage(0);
  },
};

/** The service repeats what is asked for again; that is in work already. */
let current = "";

/** Solves the puzzle in slices, tells if it takes long, sends the Proof. */
export function prove(
  { seed, bits, count }: Puzzle,
  task: Task,
  { now, soon }: Surroundings = browser,
): void {
  if (seed === current) return;
  current = seed;
  const solver = new Solver({ seed, bits, count });
  let lateAt = now() + LATE_MS;
  function slice(): void {
    if (task.signal.aborted) return;
    const until = now() + SLICE_MS;
    if (solver.run(() => now() < until)) {
      task.host.send({ mt: "Proof", seed, nonces: solver.solution });
      return task.tell("");
    }
    if (now() >= lateAt) {
      lateAt = Infinity;
      task.tell("proving");
    }
    soon(slice);
  }
  soon(slice);
}

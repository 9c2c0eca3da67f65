import type { ClientMessage } from "@/lib/protocol/visitor/client_messages.ts";
import { type Puzzle, Solver } from "@/lib/protocol/visitor/puzzle.ts";

/** Longest time in which the page is blocked; more would be noticeable. */
export const SLICE_MS = 8;
/** After this time the visitor sees a notice. */
export const LATE_MS = 1_000;

/** The requester of a proof. */
export interface Task {
  owner: { send(message: ClientMessage): boolean };
  /** Aborted when the proof is no longer needed. */
  signal: AbortSignal;
  /** Shows a notice to the visitor; "" hides it. */
  tell(notice: "" | "proving"): void;
}

/** Injected dependencies, so that tests need neither time nor a page. */
export interface ProofDeps {
  /** The current time, in ms. */
  now(): number;
  /** Runs the function after everything else that is queued. */
  soon(run: () => void): void;
}

/** Messages of a channel are not slowed down in a hidden tab, and let the
 * page handle input in between. A Worker would need an exception in the
 * page's CSP. */
const browser: ProofDeps = {
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

/** The service repeats a Challenge that was requested again; this one is
 * already in progress. */
let current = "";

/** Solves the puzzle in slices, calls back if it takes long, and sends the
 * Proof. */
export function prove(
  { seed, bits, count }: Puzzle,
  task: Task,
  { now, soon }: ProofDeps = browser,
): void {
  if (seed === current) return;
  current = seed;
  const solver = new Solver({ seed, bits, count });
  let lateAt = now() + LATE_MS;
  function slice(): void {
    if (task.signal.aborted) return;
    const until = now() + SLICE_MS;
    if (solver.run(() => now() < until)) {
      task.owner.send({ mt: "Proof", seed, nonces: solver.solution });
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

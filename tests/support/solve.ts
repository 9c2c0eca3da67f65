import type { ClientMessage } from "@/lib/protocol/visitor/client_messages.ts";
import { type Puzzle, Solver } from "@/lib/protocol/visitor/puzzle.ts";

/** Returns the Proof that answers this Challenge. */
export function solve(
  { seed, bits, count }: Puzzle,
): ClientMessage & { mt: "Proof" } {
  const solver = new Solver({ seed, bits, count });
  solver.run(() => true);
  return { mt: "Proof", seed, nonces: solver.solution };
}

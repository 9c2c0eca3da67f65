import type { Chance } from "@/tests/support/chance.ts";
import type { Mutant } from "./mutants.ts";
import type { Part } from "./plan.ts";

export interface Choice {
  count: number;
  /** At most this many of one file. */
  perFile: number;
}

/** Chooses mutants at random, at most one per line, sorted by file and line. */
export function choose(
  mutants: readonly Mutant[],
  { count, perFile }: Choice,
  chance: Chance,
): Mutant[] {
  const waiting = [...mutants];
  const chosen: Mutant[] = [];
  const lines = new Set<string>();
  const perPath = new Map<string, number>();
  while (chosen.length < count && waiting.length > 0) {
    const [mutant] = waiting.splice(chance.below(waiting.length), 1);
    if (mutant === undefined) break;
    const { path } = mutant;
    const line = `${path}:${mutant.line}`;
    const already = perPath.get(path) ?? 0;
    if (lines.has(line) || already >= perFile) continue;
    lines.add(line);
    perPath.set(path, already + 1);
    chosen.push(mutant);
  }
  return chosen.sort((a, b) =>
    a.path === b.path ? a.line - b.line : a.path < b.path ? -1 : 1
  );
}

/** Returns one part of a list. All parts together are the list. */
export function partOf<T>(list: readonly T[], { number, of }: Part): T[] {
  const end = (n: number) => Math.round(list.length * n / of);
  return list.slice(end(number - 1), end(number));
}

import type { Verdict } from "./trial.ts";

/** A mutant that was run. */
export interface Trial {
  path: string;
  line: number;
  operator: string;
  /** `before → after`. */
  change: string;
  verdict: Verdict;
}

/** Percent of the valid mutants that were noticed; 100 if there were none. */
export function scoreOf(trials: readonly Trial[]): number {
  const valid = trials.filter(({ verdict }) => verdict.is !== "invalid");
  const killed = valid.filter(({ verdict }) => verdict.is === "killed");
  return valid.length === 0 ? 100 : 100 * killed.length / valid.length;
}

/** Returns the table of survivors, where the others were noticed, the score. */
export function reportOf(trials: readonly Trial[]): string {
  const survivors = trials.filter(({ verdict }) => verdict.is === "survived");
  const by = new Map<string, number>();
  let invalid = 0;
  for (const { verdict } of trials) {
    if (verdict.is === "invalid") invalid++;
    if (verdict.is !== "killed") continue;
    by.set(verdict.by, (by.get(verdict.by) ?? 0) + 1);
  }
  const valid = trials.length - invalid;
  const killed = valid - survivors.length;
  return [
    survivors.length === 0 ? "No survivors" : "Survivors:",
    ...survivors.map(survivorText),
    "",
    ...[...by].map(([tests, count]) => `${count} noticed by ${tests}`),
    ...(invalid === 0 ? [] : [`${invalid} not counted: they do not compile`]),
    `${killed} of ${valid} noticed: ${scoreOf(trials).toFixed(0)} %`,
  ].join("\n");
}

function survivorText({ path, line, operator, change }: Trial): string {
  return `  ${path}:${line} ${operator}\n    ${change}`;
}

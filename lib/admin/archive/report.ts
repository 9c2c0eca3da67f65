/** The kinds of things in an archive that are counted. */
export type Thing =
  | "account"
  | "picture"
  | "widget"
  | "version"
  | "contact"
  | "statistics"
  | "presence"
  | "change";

/** Why something was left out, in words. */
export interface Refused {
  refused: string;
}
export type Outcome = keyof Counts | Refused;

/** What became, or would become, of the things of one kind. */
export interface Counts {
  added: number;
  changed: number;
  /** Already there, or a version of a widget that has a history here. */
  kept: number;
}

export interface ImportReport {
  counts: Record<Thing, Counts>;
  /** What was left out, in words. */
  refused: string[];
  /** Accounts that come without a password: nobody can sign in to them yet. */
  withoutPassword: string[];
}

export function emptyReport(): ImportReport {
  const none = (): Counts => ({ added: 0, changed: 0, kept: 0 });
  return {
    counts: {
      account: none(),
      picture: none(),
      widget: none(),
      version: none(),
      contact: none(),
      statistics: none(),
      presence: none(),
      change: none(),
    },
    refused: [],
    withoutPassword: [],
  };
}

/** Counts what became of one thing. */
export function note(
  report: ImportReport,
  thing: Thing,
  outcome: Outcome,
): void {
  if (typeof outcome === "object") report.refused.push(outcome.refused);
  else report.counts[thing][outcome]++;
}

/** The report as an operator reads it. */
export function reportText(report: ImportReport): string {
  const rows = Object.entries(report.counts)
    .map(([thing, { added, changed, kept }]) =>
      `${
        thing.padEnd(10)
      } ${added} new, ${changed} changed, ${kept} as they are`
    );
  const refused = report.refused.map((why) => `left out: ${why}`);
  const without = report.withoutPassword
    .map((name) => `no password yet: ${name}`);
  return [...rows, ...refused, ...without].join("\n");
}

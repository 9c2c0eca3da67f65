/** The kinds of things in an archive, which are counted separately. */
export type Thing =
  | "account"
  | "picture"
  | "widget"
  | "version"
  | "contact"
  | "message"
  | "block"
  | "saved reply"
  | "statistics"
  | "presence"
  | "change"
  | "app password"
  | "push key"
  | "token";

/** The reason why something was left out, in words. */
export interface Refused {
  refused: string;
}
export type ImportOutcome = keyof ImportCounts | Refused;

/** The results of an import for the things of one kind. */
export interface ImportCounts {
  added: number;
  changed: number;
  /** Already stored, or a version of a widget that has a history here. */
  kept: number;
}

export interface ImportReport {
  counts: Record<Thing, ImportCounts>;
  /** New and different widgets and accounts, in words. */
  differences: string[];
  /** The things that were left out, in words. */
  refused: string[];
  /** Accounts without a password, which cannot sign in yet. */
  withoutPassword: string[];
}

export function emptyReport(): ImportReport {
  const none = (): ImportCounts => ({ added: 0, changed: 0, kept: 0 });
  return {
    counts: {
      account: none(),
      picture: none(),
      widget: none(),
      version: none(),
      contact: none(),
      message: none(),
      block: none(),
      "saved reply": none(),
      statistics: none(),
      presence: none(),
      change: none(),
      "app password": none(),
      "push key": none(),
      token: none(),
    },
    differences: [],
    refused: [],
    withoutPassword: [],
  };
}

/** Counts the result of one thing. */
export function note(
  report: ImportReport,
  { thing, words }: { thing: Thing; words?: string },
  outcome: ImportOutcome,
): void {
  if (typeof outcome === "object") {
    report.refused.push(outcome.refused);
    return;
  }
  report.counts[thing][outcome]++;
  if (words !== undefined) report.differences.push(words);
}

/** Maximum number of lines that list new and different things. */
const DIFFERENCES_MAX = 200;

/** Formats the report for an operator. */
export function reportText(report: ImportReport): string {
  const rows = Object.entries(report.counts)
    .map(([thing, { added, changed, kept }]) =>
      `${thing.padEnd(12)} ${added} new, ${changed} changed, ${kept} unchanged`
    );
  const differences = report.differences.slice(0, DIFFERENCES_MAX);
  const more = report.differences.length - differences.length;
  if (more > 0) differences.push(`and ${more} more`);
  const refused = report.refused.map((why) => `left out: ${why}`);
  const without = report.withoutPassword
    .map((name) => `no password yet: ${name}`);
  return [...rows, ...differences, ...refused, ...without].join("\n");
}

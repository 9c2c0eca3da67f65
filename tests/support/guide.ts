/** A block of code in a guide, with its language. */
export interface Block {
  /** `sh`, `ini`, …; "" if the guide does not name it. */
  language: string;
  text: string;
  /** From 1. */
  line: number;
  /** The guide's reason for not running it. */
  notRun: string | undefined;
}

/** Returns the blocks of a guide, in order. A comment `<!-- not run: … -->`
 * directly before a block says why it is not run. */
export function blocksOf(guide: string): Block[] {
  const pattern = /(?:^<!-- not run: ([^>]*?) -->\n+)?^```(\S*)\n(.*?)^```$/gms;
  return [...guide.matchAll(pattern)]
    .map(({ 1: notRun, 2: language = "", 3: text = "", index }) => ({
      language,
      text,
      line: guide.slice(0, index).split("\n").length,
      notRun: notRun?.replace(/\s+/g, " "),
    }));
}

/** Parses `NAME=value`, one per line. */
export function variablesOf({ text }: Block): Record<string, string> {
  return Object.fromEntries(
    text.split("\n").filter((line) => line !== "")
      .map((line) => line.split(/=(.*)/s).slice(0, 2)),
  );
}

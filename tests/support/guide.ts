/** A block of code in a guide: what it is written in, and what stands in it. */
export interface Block {
  /** `sh`, `ini`, …; "" if the guide does not say. */
  language: string;
  text: string;
  /** From 1. */
  line: number;
  /** Why nothing runs it, as the guide says it to those who read its source. */
  notRun: string | undefined;
}

/** The blocks of a guide, in order. A comment `<!-- not run: … -->` right before
 * a block says why it is not run. */
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

/** `NAME=value`, one a line. */
export function variablesOf({ text }: Block): Record<string, string> {
  return Object.fromEntries(
    text.split("\n").filter((line) => line !== "")
      .map((line) => line.split(/=(.*)/s).slice(0, 2)),
  );
}

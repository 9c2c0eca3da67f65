/** A line of an example session, with its speaker. */
export interface SessionLine {
  by: "V>" | "S>" | "--";
  text: string;
}

/** The lines of the first fence of a document that is marked `visitor`. */
export function readSession(document: string): SessionLine[] {
  const [, block] = /^```visitor\n([^]*?)^```/m.exec(document) ?? [];
  if (block === undefined) throw new Error("Cannot find the session");
  return block.split("\n").filter((line) => line !== "").map((line) => {
    const by = line.slice(0, 2);
    if (by !== "V>" && by !== "S>" && by !== "--") {
      throw new Error(`Cannot tell who says: ${line}`);
    }
    return { by, text: line.slice(3) };
  });
}

/**
 * True if a message matches the document. `…` matches any value; at the end of
 * an object it matches more members, and within a text the rest of it.
 */
export function matches(heard: unknown, shown: string): boolean {
  const json = shown
    .replaceAll(/([,{])…}/g, (_, before) => `${before}"…":0}`)
    .replaceAll(":…", ':"…"');
  return isLike(heard, JSON.parse(json));
}

function isLike(heard: unknown, shown: unknown): boolean {
  if (typeof shown === "string" && shown.endsWith("…")) {
    return shown === "…" || String(heard).startsWith(shown.slice(0, -1));
  }
  if (typeof shown !== "object" || shown === null) return heard === shown;
  if (typeof heard !== "object" || heard === null) return false;
  const more = Object.hasOwn(shown, "…");
  const expected = Object.entries(shown).filter(([name]) => name !== "…");
  const told = new Map(Object.entries(heard));
  return expected.every(([name, one]) => isLike(told.get(name), one)) &&
    (more || told.size === expected.length);
}

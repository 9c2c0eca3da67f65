import type { OwnLine } from "./chat.ts";
import { claim } from "./claim.ts";
import { keyOf } from "../seat.ts";

/** What a tab remembers of a running chat, so that it survives the next page. */
export interface Memory {
  /** Token of the seat. */
  resume: string;
  agent: { id: string; name: string };
  visitor: string;
  /** The chat's own id. */
  contact: string;
  /** Messages that the service may not have. */
  lines: readonly OwnLine[];
  /** Version of the consent text that the visitor has agreed to. */
  consent: string;
  open: boolean;
  /** Up to this `seq`, the visitor has seen the agent's messages. */
  seen: number;
  /** Highest `seq` that a page of this tab has received. */
  heard: number;
  /** What the visitor has written and not sent. */
  draft: string;
}

/** Remembers, or forgets with undefined. Blocked storage is no error. */
export function remember(uuid: string, memory: Memory | undefined): void {
  try {
    if (memory === undefined) sessionStorage.removeItem(keyOf(uuid));
    else {
      claim(memory.resume);
      sessionStorage.setItem(keyOf(uuid), JSON.stringify(memory));
    }
  } catch {
    // The chat goes on until this page is left.
  }
}

/** What {@linkcode remember} has stored; undefined if nothing, or not readable.
 * Members that an older version did not store have their first value. */
export function parseMemory(stored: string): Memory | undefined {
  try {
    const value = JSON.parse(stored);
    const { resume, agent: { id, name }, visitor, consent, open } = value;
    const texts = [resume, id, name, visitor, consent];
    if (texts.some((text) => typeof text !== "string")) return undefined;
    const { seen, heard, draft, contact, lines } = value;
    return {
      resume,
      agent: { id, name },
      visitor,
      contact: typeof contact === "string" ? contact : "old",
      lines: Array.isArray(lines) ? lines.map(ownLine) : [],
      consent,
      open: open === true,
      seen: Number.isSafeInteger(seen) ? seen : 0,
      heard: Number.isSafeInteger(heard) ? heard : 0,
      draft: typeof draft === "string" ? draft : "",
    };
  } catch {
    return undefined;
  }
}

/** Throws if it is not a message. */
function ownLine({ id, text, time }: OwnLine): OwnLine {
  if (typeof id !== "string" || typeof text !== "string") throw new Error();
  return { type: "own", id, text, time: Number(time) };
}

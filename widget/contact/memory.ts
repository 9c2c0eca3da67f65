import type { FormMemory } from "../inquiry/port.ts";
import type { OwnLine } from "./chat_state.ts";
import { claim } from "./claim.ts";
import { keyOf } from "../widget_address.ts";

/** The data of a running chat that a tab stores, so that the chat continues on
 * the next page. */
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
  /** Last `seq` of the agent's messages that the visitor has seen. */
  seen: number;
  /** Highest `seq` that a page of this tab has received. */
  heard: number;
  /** Text that the visitor has written and not sent. */
  draft: string;
  /** The form of a message; then there is no chat yet. */
  form?: FormMemory;
}

/** A seat without a chat, and with the agent "". */
export type TokenMemory = Pick<
  Memory,
  "resume" | "agent" | "visitor" | "consent" | "open"
>;

/** Stores the memory, or deletes it if undefined. Ignores blocked storage. */
export function remember(
  uuid: string,
  memory: Memory | TokenMemory | undefined,
): void {
  try {
    if (memory === undefined) sessionStorage.removeItem(keyOf(uuid));
    else {
      claim(memory.resume);
      sessionStorage.setItem(keyOf(uuid), JSON.stringify(memory));
    }
  } catch {
    // The chat continues until the visitor leaves this page.
  }
}

/** Parses what {@linkcode remember} has stored; undefined if it is missing or
 * unreadable. Members that an older version did not store get their
 * defaults. */
export function parseMemory(stored: string): Memory | undefined {
  try {
    const value = JSON.parse(stored);
    const { resume, agent: { id, name }, visitor, consent, open } = value;
    const texts = [resume, id, name, visitor, consent];
    if (texts.some((text) => typeof text !== "string")) return undefined;
    const { seen, heard, draft, contact, lines, form } = value;
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
      ...form && { form: formOf(form) },
    };
  } catch {
    return undefined;
  }
}

function formOf({ reply, id, chosen }: FormMemory): FormMemory {
  return { reply: `${reply}`, id: `${id}`, chosen: chosen === true };
}

/** Throws if it is not a message. */
function ownLine({ id, text, time }: OwnLine): OwnLine {
  if (typeof id !== "string" || typeof text !== "string") throw new Error();
  return { type: "own", id, text, time: Number(time) };
}

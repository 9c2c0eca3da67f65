import type { FormMemory } from "../inquiry/port.ts";
import type { OwnLine } from "./chat_state.ts";
import type { Memory } from "./memory.ts";

// Loads on a page that continues what an earlier page of the tab began.

/** Parses what `remember()` of memory.ts has stored; undefined if it is missing or
 * unreadable. Members that an older version did not store get their
 * defaults. */
export function parseMemory(stored: string): Memory | undefined {
  try {
    const value = JSON.parse(stored);
    const { resume, agent: { id, name }, visitor, consent, open } = value;
    const texts = [resume, id, name, visitor, consent];
    if (texts.some((text) => typeof text !== "string")) return undefined;
    const { seen, heard, draft, contact, lines, form, to } = value;
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
      ...to && { to: { id: `${to.id}`, name: `${to.name}` } },
      ...form && { form: formOf(form) },
    };
  } catch {
    return undefined;
  }
}

function formOf({ reply, id, chosen, slot }: FormMemory): FormMemory {
  return { reply: `${reply}`, id: `${id}`, chosen: chosen === true, slot };
}

/** Throws if it is not a message. */
function ownLine({ id, text, time }: OwnLine): OwnLine {
  if (typeof id !== "string" || typeof text !== "string") throw new Error();
  return { type: "own", id, text, time: Number(time) };
}

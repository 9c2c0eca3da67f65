import { claim } from "./claim.ts";
import { keyOf } from "../seat.ts";

/** What a tab remembers of a running chat, so that it survives the next page. */
export interface Memory {
  /** Token of the seat. */
  resume: string;
  agent: { id: string; name: string };
  visitor: string;
  /** Version of the consent text that the visitor has agreed to. */
  consent: string;
  open: boolean;
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

/** What {@linkcode remember} has kept; undefined if nothing, or not readable. */
export function parseMemory(stored: string): Memory | undefined {
  try {
    const { resume, agent, visitor, consent, open } = JSON.parse(stored);
    const texts = [resume, agent.id, agent.name, visitor, consent];
    if (texts.some((text) => typeof text !== "string")) return undefined;
    const { id, name } = agent;
    return {
      resume,
      agent: { id, name },
      visitor,
      consent,
      open: open === true,
    };
  } catch {
    return undefined;
  }
}

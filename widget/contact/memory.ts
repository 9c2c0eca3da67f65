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
  /** The agent for whom the draft is, if no chat has begun. Then `agent` is
   * empty, so that an older version resumes no chat. */
  to?: { id: string; name: string };
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

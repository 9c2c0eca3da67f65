import type { ContactsOwner, ContactsPort } from "../contacts_port.ts";
import { addSheet } from "../view/sheets.ts";
import { claim } from "./claim.ts";
import css from "./contact.css" with { type: "text" };
import { ContactPanel } from "./contacts.tsx";
import type { Memory } from "./memory.ts";

export { panelView } from "../panel/mod.tsx";
// The bundler puts code that both chunks need into one file. With the element
// in that file, the first load is compressed as a whole, which saves 350 bytes.
export { ContactWidget } from "../element.tsx";

/**
 * Creates the calls and chats of one widget. If the tab has `stored` a chat, it
 * is resumed, unless another page has done so.
 */
export async function contactsFrom(
  stored: string | undefined,
): Promise<(owner: ContactsOwner) => ContactsPort> {
  const memory = stored ? await parsed(stored) : undefined;
  const own = memory && await claim(memory.resume) ? memory : undefined;
  return (owner) => panelFrom(owner, own);
}

/** The same for a memory that is already parsed. */
export function panelFrom(owner: ContactsOwner, memory?: Memory): ContactPanel {
  addSheet(css);
  return new ContactPanel(owner, memory);
}

async function parsed(stored: string) {
  const { parseMemory } = await import("./parse_memory.ts");
  return parseMemory(stored);
}

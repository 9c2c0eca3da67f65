import type { Contacts, ContactsHost } from "../contacts_port.ts";
import { addSheet } from "../view/sheets.ts";
import { claim } from "./claim.ts";
import css from "./contact.css" with { type: "text" };
import { ContactPanel } from "./contacts.tsx";
import { parseMemory } from "./memory.ts";

export { panelView } from "../panel/mod.tsx";
// The bundler puts what both moments need in one file. With the element in it,
// the first load is compressed as a whole, which saves 350 bytes.
export { ContactWidget } from "../element.tsx";

/**
 * Makes the calls and chats of one widget. `stored` is what its tab remembers:
 * it is taken up again, unless another page has done so.
 */
export async function contactsFrom(
  stored: string | undefined,
): Promise<(host: ContactsHost) => Contacts> {
  addSheet(css);
  const memory = stored ? parseMemory(stored) : undefined;
  const own = memory && await claim(memory.resume) ? memory : undefined;
  return (host) => new ContactPanel(host, own);
}

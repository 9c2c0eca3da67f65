import { addSheet } from "../view/sheets.ts";
import css from "./inquiry.css" with { type: "text" };
import { LeaveForm } from "./leave_form.tsx";
import type { FormMemory, FormOwner, MessageForm } from "./port.ts";

// For the reason in contact/mod.tsx: the first load stays one file.
export { ContactWidget } from "../element.tsx";

/** Creates the form of one widget, with what an earlier page of the tab has
 * stored. */
export function createForm(owner: FormOwner, memory?: FormMemory): MessageForm {
  addSheet(css);
  return new LeaveForm(owner, memory);
}

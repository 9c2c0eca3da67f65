/** Returns the id of a conversation's row in the list, to which the focus
 * returns. */
export function itemId(contact: string): string {
  return `desk-item-${contact}`;
}

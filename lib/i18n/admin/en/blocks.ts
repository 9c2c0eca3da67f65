import { en as desk } from "../../desk/en.ts";

/** Blocked visitors: the list, and the form that blocks one. */
export const blocks = {
  form: desk.block,
  title: "Blocked visitors",
  lead:
    "They see all agents as not available, in all widgets. Stored are keyed hashes, not addresses.",
  back: "Contacts",
  until: "until {time}",
  permanent: "permanently",
  network: "Everybody at this network address",
  visit: "This visit only",
  by: "by {name}, {time}",
  contact: "Contact with {agent}",
  end: "Unblock",
  endLabel: "Unblock the visitor of {agent}, blocked {time}",
  ended: "The visitor is no longer blocked.",
  emptyTitle: "Nobody is blocked",
  emptyText:
    "Agents can block a visitor at the desk, and administrators in the details of a contact.",
};

/** The texts about handing a chat over to a colleague. */
export const handover = {
  button: "Hand over",
  title: "Hand over the chat with {name}",
  search: "Colleague or team",
  searchHint: "Name or address",
  list: "Available colleagues and teams",
  /** Next to a team. */
  team: "Team · {count} available",
  teamEmpty: "Team · nobody available",
  /** Next to an agent at a PBX, with the presence. */
  atPbx: "PBX · {presence}",
  /** Nobody at all, and nobody with this name. */
  nobody: "No colleague can be reached right now.",
  noMatch: "No colleague who is available and no team matches.",
  more: "Search to find more colleagues.",
  loading: "Loading …",
  failed: "The list could not be loaded. It will be tried again.",
  note: "Note",
  noteHint: "Only your colleague sees it.",
  optional: "optional",
  send: "Hand over",
  cancel: "Cancel",
  waiting: "Waiting for {name} to accept. Until then, the chat is yours.",
  withdraw: "Keep the chat",
  declined: "{name} declined the chat. You still have it.",
  unanswered: "{name} did not answer in time. You still have the chat.",
  busy: "{name} is busy. You still have the chat.",
  unreachable: "{name} cannot be reached right now. You still have the chat.",
  seen: "OK",
  /** A colleague comes into the chat, too. */
  invite: "Invite",
  inviting: "Waiting for {name} to join the chat.",
  uninvite: "Cancel invitation",
  together: "{name} is in this chat, too.",
  leave: "Leave chat",
  leaveTitle: "Leave the chat with {name}?",
  leaveText: "{name} stays in the chat with the visitor.",
  invitedBy: "{by} invited you to this chat.",
  notNeeded: "{by} no longer needs you in the chat.",
  /** At the colleague's desk. */
  from: "{by} handed this chat over to you.",
  kept: "{by} has kept the chat.",
  colleague: "Colleague",
  /** In the list, and below the conversation. */
  over: "Handed over",
  to: "You handed this chat over to {name}.",
  toSomebody: "You handed this chat over to a colleague.",
};

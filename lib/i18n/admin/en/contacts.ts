/** The contacts page: ended calls and chats, and their deletion. */
export const contacts = {
  title: "Contacts",
  lead:
    "Ended calls and chats. Names, addresses and messages of visitors are not stored.",
  kept: {
    one: "Records are deleted after one day.",
    other: "Records are deleted after {count} days.",
  },
  from: "From",
  to: "To",
  widget: "Widget",
  agent: "Agent",
  answeredBy: "Answered by",
  agentHint: "Name or address",
  media: "Kind",
  all: "all",
  voice: "Voice call",
  video: "Video call",
  chat: "Chat",
  filter: "Show",
  reset: "Show all",
  older: "Show older",
  outcome: "Outcome",
  answered: "answered, {time}",
  messages: { one: "{count} message", other: "{count} messages" },
  idle: "closed after inactivity",
  givenUp: "ended before it was answered",
  busy: "busy",
  declined: "declined",
  noAnswer: "no answer",
  notReached: "not reached (cause {cause})",
  deletedWidget: "deleted widget",
  emptyTitle: "No contacts yet",
  emptyText:
    "Each ended call and chat is listed here with its time, widget, agent and outcome.",
  nothingTitle: "No matches",
  nothingText: "No matches in the period searched so far.",
  view: "Contact of {time}",
  viewShort: "Details",
  viewLabel: "Details, {time}",
  started: "Started",
  waited: "Waiting time",
  duration: "Duration",
  cause: "Cause (Q.850)",
  consent: "Consent (text version)",
  handovers: "Other agents",
  handedTo: "handed over to {name}",
  /** After the name of a second agent, and in the list. */
  invited: "invited",
  withGuest: "with {name}",
  visitTitle: "Same visit",
  visitOne: "No other contact of this visit is stored.",
  visitText:
    "These contacts are from one visit: the same browser tab, without a long break. The service does not know who the visitor was.",
  save: "Save as file",
  deleteOne: "Delete contact",
  deleteVisit: "Delete the whole visit",
  deleteOneTitle: "Delete this contact?",
  deleteOneText:
    "The contact of {time} with {agent} is deleted permanently. The statistics keep their totals, which identify no one.",
  deleteVisitTitle: {
    one: "Delete the contact of this visit?",
    other: "Delete all {count} contacts of this visit?",
  },
  deleteVisitText:
    "Everything stored about this visit is deleted permanently. The statistics keep their totals, which identify no one.",
  deleteConfirm: "Delete permanently",
  deletedToast: {
    one: "One contact was deleted.",
    other: "{count} contacts were deleted.",
  },
  asked: "When a visitor asks about their data",
  askedFind:
    "The service does not know who its visitors are. Ask for the day, the approximate time and the agent, then find the contact here.",
  askedVisit:
    "Open it to see all contacts of the same visit. Save them as a file to answer the request, or delete them.",
  askedChats:
    "The messages of a chat are stored only while it is running, and for some minutes after a lost connection. They never appear in this list.",
  askedElsewhere:
    "Not included here: export files and other backups, the call lists and chats of the PBX, and the logs of a proxy or TURN server, which can contain visitors' addresses.",
};

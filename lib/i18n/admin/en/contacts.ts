/** The contacts page: ended calls and chats, and their deletion. */
export const contacts = {
  title: "Contacts",
  lead:
    "Calls and chats that are over. Neither names nor addresses nor texts of visitors are stored.",
  kept: {
    one: "They are deleted after one day.",
    other: "They are deleted after {count} days.",
  },
  from: "From",
  to: "To",
  widget: "Widget",
  agent: "Agent",
  agentHint: "Name or address",
  media: "Kind",
  all: "all",
  voice: "Voice call",
  video: "Video call",
  chat: "Chat",
  filter: "Show",
  reset: "Show all",
  older: "Show older",
  outcome: "How it ended",
  answered: "answered, {time}",
  messages: { one: "{count} message", other: "{count} messages" },
  givenUp: "ended before somebody answered",
  busy: "busy",
  declined: "declined",
  noAnswer: "nobody answered",
  notReached: "not reached (cause {cause})",
  deletedWidget: "deleted widget",
  emptyTitle: "No contacts yet",
  emptyText:
    "Each call and each chat leaves a line here when it is over: when, through which widget, with whom, and how it ended.",
  nothingTitle: "Nothing found",
  nothingText: "No contact fits this filter, as far as was looked.",
  view: "Contact of {time}",
  viewShort: "Details",
  viewLabel: "Details, {time}",
  started: "Started",
  waited: "Waiting time",
  duration: "Duration",
  cause: "Cause (Q.850)",
  consent: "Consent (number of the text)",
  visitTitle: "The same visit",
  visitOne: "Nothing else is stored of this visit.",
  visitText:
    "These contacts came from one visit: the same tab of the same browser, without a longer break. Who that was is not known.",
  save: "Save as file",
  deleteOne: "Delete contact",
  deleteVisit: "Delete all of the visit",
  deleteOneTitle: "Delete this contact?",
  deleteOneText:
    "The line of {time} with {agent} is deleted for good. Numbers of the statistics stay: they name nobody.",
  deleteVisitTitle: {
    one: "Delete the contact of this visit?",
    other: "Delete all {count} contacts of this visit?",
  },
  deleteVisitText:
    "Everything that is stored of this visit is deleted for good. Numbers of the statistics stay: they name nobody.",
  deleteConfirm: "Delete for good",
  deletedToast: {
    one: "One contact is deleted.",
    other: "{count} contacts are deleted.",
  },
  asked: "When a visitor asks about their data",
  askedFind:
    "The service does not know who its visitors are. Ask for the day, about what time, and with whom; then find the line here.",
  askedVisit:
    "Open it: contacts of the same visit stand together. Save them as a file for an answer, or delete them.",
  askedChats:
    "The text of a chat is kept only while the chat runs, and for some minutes after a lost connection. It is never in this list.",
  askedElsewhere:
    "What is not here: files of “export” and other backups, the call lists and chats of the PBX, and the logs of a proxy or a TURN server, which may hold addresses of visitors.",
};

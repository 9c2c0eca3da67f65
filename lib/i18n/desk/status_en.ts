/** The texts of the desk in the bar of all other pages. */
export const status = {
  online: "Online",
  away: "Away",
  busy: "Busy",
  dnd: "Do not disturb",
  offline: "Offline",
  waiting: "{presence} · {count} waiting",
  running: {
    one: "{presence} · {count} chat running",
    other: "{presence} · {count} chats running",
  },
  /** Messages in running chats. */
  unread: {
    one: "{presence} · {count} unread chat message",
    other: "{presence} · {count} unread chat messages",
  },
  lost: "Not connected",
  leaveTitle: "Leave running chats?",
  leaveText: {
    one:
      "{count} chat is running. Visitors will see you as offline, and it ends after a minute.",
    other:
      "{count} chats are running. Visitors will see you as offline, and they end after a minute.",
  },
  leave: "Leave",
  stay: "Stay",
};

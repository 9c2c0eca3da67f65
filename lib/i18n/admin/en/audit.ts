/** The audit log: who changed what. Each change is a complete sentence. */
export const audit = {
  title: "Changes",
  lead: "What administrators have changed. Kept for two years.",
  service: "The service",
  unnamed: "(unreadable)",
  changes: {
    "widget-created": "{author} created the widget {name}",
    "widget-saved": "{author} changed the widget {name}",
    "widget-restored":
      "{author} restored an earlier version of the widget {name}",
    "widget-deleted": "{author} deleted the widget {name}",
    "person-created": "{author} added the account {name}",
    "person-saved": "{author} changed the account {name}",
    "person-deleted": "{author} deleted the account {name}",
    "pbx-password-saved": "{author} changed the App password of the PBX",
    "contacts-deleted": "{author} deleted records of calls and chats",
    "visitor-blocked": "{author} blocked a visitor",
    "visitor-unblocked": "{author} unblocked a visitor",
  },
  /** If author and account are the same person. */
  own: {
    "person-created": "{author} set up the first account",
    "person-saved": "{author} changed their own account {name}",
    "person-deleted": "{author} deleted their own account {name}",
  },
  version: "version {version}",
  restored: "version {version}, restored from version {from}",
  changed: {
    name: "sign-in name",
    displayName: "name",
    roles: "roles: {roles}",
    password: "password",
    picture: "picture",
  },
  blockedNetwork: "with everybody at the same network address",
  contacts: { one: "{count} contact", other: "{count} contacts" },
  messages: { one: "{count} message", other: "{count} messages" },
  messagesDeleted: "{author} deleted messages of visitors",
  zone: "Times are in {zone}.",
  earlier: "Show earlier",
  newest: "Show newest",
  emptyTitle: "No changes yet",
  emptyText:
    "Whenever a widget or an account is added, changed or deleted, the change is listed here.",
  endTitle: "No earlier changes",
  endText: "Changes older than two years are deleted.",
};

/** The audit log: who changed what. Each change is a complete sentence. */
export const audit = {
  title: "Changes",
  lead: "What administrators changed, and who did it. Kept for two years.",
  service: "The service",
  unnamed: "(unreadable)",
  changes: {
    "widget-created": "{author} created the widget {name}",
    "widget-saved": "{author} changed the widget {name}",
    "widget-restored":
      "{author} brought back an earlier version of the widget {name}",
    "widget-deleted": "{author} deleted the widget {name}",
    "person-created": "{author} added the account {name}",
    "person-saved": "{author} changed the account {name}",
    "person-deleted": "{author} deleted the account {name}",
    "pbx-password-saved": "{author} changed the App password of the PBX",
    "contacts-deleted": "{author} deleted records of calls and chats",
  },
  /** If author and account are the same person. */
  own: {
    "person-created": "{author} set up the first account",
    "person-saved": "{author} changed their own account {name}",
    "person-deleted": "{author} deleted their own account {name}",
  },
  version: "version {version}",
  restored: "version {version}, as version {from}",
  changed: {
    name: "sign-in name",
    displayName: "name",
    roles: "roles: {roles}",
    password: "password",
    picture: "picture",
  },
  contacts: { one: "{count} contact", other: "{count} contacts" },
  zone: "Times are in {zone}.",
  earlier: "Show earlier",
  newest: "Show the newest",
  emptyTitle: "No changes yet",
  emptyText:
    "Whenever a widget or an account is added, changed or deleted, it stands here.",
  endTitle: "Nothing earlier",
  endText: "What is older than two years is deleted.",
};

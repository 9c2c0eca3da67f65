import type { AdminTexts } from "../texts.ts";

export const audit: AdminTexts["audit"] = {
  title: "Änderungen",
  lead: "Was Administratoren geändert haben. Wird zwei Jahre aufbewahrt.",
  service: "Der Dienst",
  unnamed: "(nicht lesbar)",
  changes: {
    "widget-created": "{author} hat das Widget {name} angelegt",
    "widget-saved": "{author} hat das Widget {name} geändert",
    "widget-restored":
      "{author} hat eine frühere Version des Widgets {name} wiederhergestellt",
    "widget-deleted": "{author} hat das Widget {name} gelöscht",
    "person-created": "{author} hat das Konto {name} hinzugefügt",
    "person-saved": "{author} hat das Konto {name} geändert",
    "person-deleted": "{author} hat das Konto {name} gelöscht",
    "pbx-password-saved": "{author} hat das App-Passwort der PBX geändert",
    "contacts-deleted": "{author} hat Einträge von Anrufen und Chats gelöscht",
    "visitor-blocked": "{author} hat einen Besucher gesperrt",
    "visitor-unblocked": "{author} hat die Sperre eines Besuchers aufgehoben",
  },
  own: {
    "person-created": "{author} hat das erste Konto eingerichtet",
    "person-saved": "{author} hat das eigene Konto {name} geändert",
    "person-deleted": "{author} hat das eigene Konto {name} gelöscht",
  },
  version: "Version {version}",
  restored: "Version {version}, wiederhergestellt aus Version {from}",
  changed: {
    name: "Anmeldename",
    displayName: "Name",
    roles: "Rollen: {roles}",
    password: "Passwort",
    picture: "Bild",
  },
  blockedNetwork: "mit allen an derselben Netzwerkadresse",
  contacts: { one: "{count} Kontakt", other: "{count} Kontakte" },
  messages: { one: "{count} Nachricht", other: "{count} Nachrichten" },
  messagesDeleted: "{author} hat Nachrichten von Besuchern gelöscht",
  zone: "Zeitangaben: {zone}.",
  earlier: "Frühere anzeigen",
  newest: "Neueste anzeigen",
  emptyTitle: "Noch keine Änderungen",
  emptyText:
    "Wenn ein Widget oder ein Konto hinzugefügt, geändert oder gelöscht wird, erscheint die Änderung hier.",
  endTitle: "Keine früheren Änderungen",
  endText: "Änderungen werden nach zwei Jahren gelöscht.",
};

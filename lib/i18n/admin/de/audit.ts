import type { AdminTexts } from "../texts.ts";

export const audit: AdminTexts["audit"] = {
  title: "Änderungen",
  lead:
    "Was Administratoren geändert haben, und wer es war. Wird zwei Jahre aufbewahrt.",
  service: "Der Dienst",
  unnamed: "(nicht lesbar)",
  changes: {
    "widget-created": "{author} hat das Widget {name} angelegt",
    "widget-saved": "{author} hat das Widget {name} geändert",
    "widget-restored":
      "{author} hat einen früheren Stand des Widgets {name} zurückgeholt",
    "widget-deleted": "{author} hat das Widget {name} gelöscht",
    "person-created": "{author} hat das Konto {name} hinzugefügt",
    "person-saved": "{author} hat das Konto {name} geändert",
    "person-deleted": "{author} hat das Konto {name} gelöscht",
    "pbx-password-saved": "{author} hat das App-Passwort der PBX geändert",
    "contacts-deleted":
      "{author} hat Aufzeichnungen von Anrufen und Chats gelöscht",
  },
  own: {
    "person-created": "{author} hat das erste Konto eingerichtet",
    "person-saved": "{author} hat das eigene Konto {name} geändert",
    "person-deleted": "{author} hat das eigene Konto {name} gelöscht",
  },
  version: "Stand {version}",
  restored: "Stand {version}, wie Stand {from}",
  changed: {
    name: "Anmeldename",
    displayName: "Name",
    roles: "Rollen: {roles}",
    password: "Passwort",
    picture: "Bild",
  },
  contacts: { one: "{count} Kontakt", other: "{count} Kontakte" },
  zone: "Zeitangaben: {zone}.",
  earlier: "Frühere zeigen",
  newest: "Die neuesten zeigen",
  emptyTitle: "Noch keine Änderungen",
  emptyText:
    "Sobald ein Widget oder ein Konto hinzukommt, geändert oder gelöscht wird, steht es hier.",
  endTitle: "Nichts Früheres",
  endText: "Was älter als zwei Jahre ist, wird gelöscht.",
};

import type { AdminTexts } from "../texts.ts";

export const tokens: AdminTexts["tokens"] = {
  title: "API-Token",
  lead:
    "Programme nutzen die API mit einem Token. Widerrufen Sie Token, die nicht mehr gebraucht werden.",
  back: "Personen",
  add: "Token erstellen",
  name: "Name",
  nameHint: "Wofür das Token ist, zum Beispiel CRM.",
  scopes: "Berechtigungen",
  scope: {
    "widgets:read": "Widgets lesen",
    "widgets:write": "Widgets anlegen, ändern und löschen",
    "presence:read": "Präsenz der Ansprechpartner lesen",
    "people:read": "Personen lesen",
    "teams:read": "Teams lesen",
    "hours:read": "Öffnungszeiten lesen",
    "contacts:read": "Die Liste der Kontakte lesen",
    "messages:read": "Nachrichten von Besuchern lesen, mit deren Kontaktdaten",
    "statistics:read": "Statistik lesen",
    "events:read": "Ereignisse empfangen, die nennen, was sich geändert hat",
  },
  expiry: "Läuft ab",
  days: {
    "30": "In 30 Tagen",
    "90": "In 90 Tagen",
    "365": "In einem Jahr",
    never: "Nie",
  },
  created: "Erstellt von {name}, {time}",
  used: "Zuletzt verwendet: {time}",
  unused: "Nie verwendet",
  expires: "Läuft ab: {time}",
  expiresNever: "Läuft nicht ab",
  expired: "Abgelaufen",
  disabled: "Gesperrt",
  disabledHint: "{name} ist kein Administrator mehr.",
  handover:
    "Das neue Token {name}. Kopieren Sie es jetzt. Nach dem Schließen wird es nicht mehr angezeigt.",
  handoverLabel: "Token {name}",
  copy: "Token kopieren",
  revoke: "Widerrufen",
  revokeLabel: "{name} widerrufen",
  revokeTitle: "{name} widerrufen?",
  revokeText:
    "Das Programm, das dieses Token verwendet, verliert sofort den Zugang.",
  revokeConfirm: "Token widerrufen",
  revokedToast: "{name} wurde widerrufen.",
  emptyTitle: "Keine Token",
  emptyText:
    "Erstellen Sie für jedes Programm ein Token, nur mit den nötigen Berechtigungen.",
};

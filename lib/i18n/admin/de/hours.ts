import type { AdminTexts } from "../texts.ts";

export const hours: AdminTexts["hours"] = {
  limit: "Auf Öffnungszeiten beschränken",
  limitHint:
    "Außerhalb dieser Zeiten wird niemand angerufen oder angeschrieben, und Besucher sehen, wann Sie wieder da sind. Ohne Öffnungszeiten zählt nur die Präsenz der Ansprechpartner.",
  own: "Eigene Öffnungszeiten",
  ownHint:
    "Sie ersetzen die des Widgets. Dessen Ausnahmen gelten zusätzlich, außer wenn es hier eine für denselben Tag gibt.",
  openNow: "Jetzt geöffnet, bis {time}",
  closedNow: "Jetzt geschlossen, bis {time}",
  alwaysOpen: "Immer geöffnet",
  neverOpen: "Nie geöffnet",
  timeZone: "Zeitzone",
  timeZoneHint:
    "Alle Zeiten gelten in dieser Zeitzone. Besucher sehen sie in ihrer eigenen.",
  week: "Woche",
  presets: "Woche ausfüllen",
  preset: {
    office: "Montag bis Freitag, 9 bis 17 Uhr",
    always: "Rund um die Uhr",
  },
  closed: "Geschlossen",
  addTime: "Zeit hinzufügen",
  addTimeLabel: "Zeit hinzufügen: {name}",
  removeTime: "Zeit {place} entfernen: {name}",
  fromLabel: "{name}, Zeit {place}, von",
  toLabel: "{name}, Zeit {place}, bis",
  nextDay: "endet am nächsten Tag",
  wholeDay: "24 Stunden",
  copyDay: "{name} auf andere Tage kopieren",
  copyDayTo: "{name} kopieren auf",
  copy: "Kopieren",
  exceptions: "Ausnahmen und Feiertage",
  exceptionsHint:
    "An diesen Tagen gelten ihre Zeiten statt der Wochenzeiten. Gelten mehrere für einen Tag, hat eine mit Jahr Vorrang vor einer jährlichen, sonst zählt die erste.",
  exceptionNumber: "Ausnahme {place}",
  exceptionName: "Name",
  exceptionPlaceholder: "Neujahr",
  firstDay: "Erster Tag",
  lastDay: "Letzter Tag",
  exceptionKind: "Zeiten",
  otherHours: "Andere Zeiten",
  yearly: "Jedes Jahr",
  everyYear: "jedes Jahr am {date}",
  addException: "Ausnahme hinzufügen",
  removeException: "{name} entfernen",
  full: "Die Grenze von {max} Ausnahmen ist erreicht.",
  importFile: "Kalenderdatei importieren",
  importTitle: "Kalenderdatei importieren",
  importLead:
    "An den ausgewählten Tagen ist geschlossen. Sie können jeden davon danach noch ändern.",
  importNothing: "Diese Datei enthält keine künftigen ganzen Tage.",
  importTimed: {
    one: "{count} Termin mit Uhrzeit wird ausgelassen.",
    other: "{count} Termine mit Uhrzeit werden ausgelassen.",
  },
  importPast: {
    one: "{count} vergangener Termin wird ausgelassen.",
    other: "{count} vergangene Termine werden ausgelassen.",
  },
  importUnread: {
    one:
      "{count} Termin wird ausgelassen, weil er abgesagt oder nicht lesbar ist oder sich zu oft wiederholt.",
    other:
      "{count} Termine werden ausgelassen, weil sie abgesagt oder nicht lesbar sind oder sich zu oft wiederholen.",
  },
  importTooMany: "Es ist nur noch Platz für {max}. Wählen Sie einige ab.",
  importTake: {
    one: "{count} Ausnahme hinzufügen",
    other: "{count} Ausnahmen hinzufügen",
  },
  importFailed: {
    unreadable: "Das ist keine lesbare Kalenderdatei (.ics).",
    "too-big": "Diese Datei ist zu groß. Höchstens 1 MB.",
    "too-many": "Diese Datei hat zu viele Termine. Höchstens 2.000.",
  },
};

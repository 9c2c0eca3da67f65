import type { AdminTexts } from "../texts.ts";

export const replies: AdminTexts["replies"] = {
  title: "Textbausteine",
  lead:
    "Am Arbeitsplatz fügen Ansprechpartner sie mit / oder der Schaltfläche neben dem Text ein.",
  add: "Textbaustein hinzufügen",
  search: "Suche",
  searchHint: "Name oder Text",
  shared: "Gemeinsam",
  personal: "Persönlich",
  allLanguages: "Alle Sprachen",
  emptyTitle: "Noch keine Textbausteine",
  emptyText: "Speichern Sie Antworten, die Sie immer wieder schreiben.",
  emptyAgentText:
    "Speichern Sie Antworten, die Sie immer wieder schreiben. Administratoren können gemeinsame hinzufügen.",
  emptyAdminText:
    "Fügen Sie Antworten hinzu, die alle Ansprechpartner gemeinsam nutzen.",
  nothingTitle: "Keine Treffer",
  nothingText: "Kein Name und kein Text enthält dies.",
  found: { one: "{count} Textbaustein", other: "{count} Textbausteine" },
  editLabel: "„{name}“ bearbeiten",
  deleteLabel: "„{name}“ löschen",
  addTitle: "Textbaustein hinzufügen",
  editTitle: "„{name}“ bearbeiten",
  name: "Name",
  nameHint: "Am Arbeitsplatz genügen / und der Anfang des Namens.",
  forWhom: "Für",
  sharedHint: "Alle Ansprechpartner",
  personalHint: "Nur für Sie",
  language: "Sprache der Besucher",
  text: "Text",
  variables:
    "{visitor}, {agent}, {company} und {widget} werden durch Namen ersetzt. Ein unbekannter Name hinterlässt keine Lücke.",
  unknownVariable: "{name} wird nicht ersetzt. Verfügbar sind {names}.",
  addConfirm: "Hinzufügen",
  tooMany: "Es gibt bereits {max} davon. Löschen Sie zuerst einen.",
  conflict:
    "Jemand anderes hat diesen Textbaustein inzwischen geändert. Speichern Sie erneut, um diesen Text zu ersetzen:",
  added: "„{name}“ wurde hinzugefügt.",
  saved: "„{name}“ wurde gespeichert.",
  deleted: "„{name}“ wurde gelöscht.",
  deleteTitle: "„{name}“ löschen?",
  deleteShared:
    "Kein Ansprechpartner kann diesen Textbaustein dann noch einfügen.",
  deletePersonal: "Sie können diesen Textbaustein dann nicht mehr einfügen.",
  deleteConfirm: "Löschen",
};

import type { AdminTexts } from "../texts.ts";

export const widgets: AdminTexts["widgets"] = {
  title: "Widgets",
  lead:
    "Was Besucher Ihrer Websites sehen und wen sie dort kontaktieren können.",
  addSidebar: "Neues Sidebar-Widget",
  addCardset: "Neues Visitenkarten-Widget",
  sidebar: "Sidebar",
  cardset: "Visitenkarten",
  agents: { one: "{count} Ansprechpartner", other: "{count} Ansprechpartner" },
  noAgents: "noch keine Ansprechpartner",
  loading: "Wird geladen …",
  unsaved: "Nicht gespeichert",
  saved: "Gespeichert",
  saving: "Wird gespeichert …",
  problems: { one: "{count} Fehler", other: "{count} Fehler" },
  rename: "{name} umbenennen",
  renameLabel: "Name des Widgets",
  renameDone: "Umbenennen",
  code: "Code",
  discard: "Verwerfen",
  discardTitle: "Änderungen verwerfen?",
  discardText:
    "„{name}“ wird auf den zuletzt gespeicherten Stand zurückgesetzt. Ihre Änderungen seitdem gehen verloren.",
  deleteLabel: "{name} löschen",
  deleteTitle: "„{name}“ löschen?",
  deleteText:
    "Es verschwindet sofort von jeder Website, die es anzeigt. Der Code dort schadet nicht, zeigt aber nichts mehr an. Einstellungen und Ansprechpartner dieses Widgets lassen sich nicht wiederherstellen.",
  deleteConfirm: "Widget löschen",
  deletedToast: "„{name}“ wurde gelöscht.",
  savedToast: "„{name}“ wurde gespeichert. Geöffnete Seiten zeigen es bereits.",
  emptyTitle: "Legen Sie Ihr erstes Widget an",
  emptyText:
    "Ein Widget zeigt Besuchern einer Website, wer gerade erreichbar ist, und lässt sie von der Seite aus chatten oder anrufen.",
  sidebarText:
    "Sitzt am Rand der Seite, braucht wenig Platz und öffnet sich bei Bedarf. Für alle Seiten einer Website.",
  cardsetText:
    "Visitenkarten als Teil der Seite, in der Reihenfolge, die Sie wählen. Für Kontakt- und Teamseiten.",
  leaveTitle: "Ohne Speichern verlassen?",
  leaveText: {
    one:
      "Ein Widget hat ungespeicherte Änderungen. Sie gehen verloren, wenn Sie die Seite verlassen.",
    other:
      "{count} Widgets haben ungespeicherte Änderungen. Sie gehen verloren, wenn Sie die Seite verlassen.",
  },
  leave: "Verlassen",
  stay: "Bleiben",
  notSaved: "Nicht gespeichert.",
};

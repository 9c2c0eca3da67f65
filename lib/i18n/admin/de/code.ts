import type { AdminTexts } from "../texts.ts";

export const code: AdminTexts["code"] = {
  title: "Code von „{name}“",
  lead:
    "Fügen Sie diese Zeilen dort in die Seite ein, wo das Widget stehen soll. Eine Sidebar darf überall stehen, am besten am Ende.",
  copy: "Kopieren",
  copied: "Kopiert",
  copyFailed:
    "Der Browser hat es nicht erlaubt: Die Zeilen sind markiert, kopieren Sie sie mit Strg+C oder ⌘C.",
  download: "Testseite herunterladen",
  downloadHint:
    "Eine kleine HTML-Datei, die dieses Widget zeigt und ausprobieren lässt, wenn Sie sie im Browser öffnen.",
  downloadSites:
    "Dieses Widget ist nur für die Webseiten, die Sie aufgezählt haben. Eine Datei von der Festplatte gehört nicht dazu, deshalb bleibt die Testseite leer.",
  unsaved:
    "Es gibt ungespeicherte Änderungen. Webseite und Testseite zeigen, was zuletzt gespeichert wurde.",
  cspTitle: "Wenn die Webseite eine Content-Security-Policy hat",
  cspLead: "Sie muss dies erlauben, und für das Widget sonst nichts:",
  copyCsp: "Richtlinie kopieren",
  pinnedTitle: "Wenn die Webseite nur diese Version des Skripts laden darf",
  pinnedLead:
    "Das Skript trägt dann seinen Hash, und Browser lehnen jedes andere ab. Nach einer Aktualisierung dieses Dienstes gelten die alten Zeilen noch 90 Tage: Fügen Sie bis dahin die neuen ein.",
  pinnedLabel: "Code für eine Version des Skripts",
  copyPinned: "Code mit Hash kopieren",
  pageHeading: "Testseite",
  pageText:
    "Diese Seite zeigt das Widget „{name}“, live. Ändern und speichern Sie es in der Verwaltung: Es ändert sich hier.",
  previewLink: "Vorschauseite öffnen",
  codeLabel: "Code für die Webseite",
  cspLabel: "Zeilen für die Content-Security-Policy",
};

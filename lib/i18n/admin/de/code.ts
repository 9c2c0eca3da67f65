import type { AdminTexts } from "../texts.ts";

export const code: AdminTexts["code"] = {
  title: "Code von „{name}“",
  lead:
    "Fügen Sie diese Zeilen dort ein, wo das Widget erscheinen soll. Eine Sidebar kann überall in der Seite stehen, am besten am Ende.",
  copy: "Kopieren",
  copied: "Kopiert",
  copyFailed:
    "Der Browser hat das Kopieren verhindert. Die Zeilen sind markiert; kopieren Sie sie mit Strg+C oder ⌘C.",
  download: "Testseite herunterladen",
  downloadHint:
    "Eine kleine HTML-Datei, mit der Sie dieses Widget im Browser testen können.",
  downloadSites:
    "Dieses Widget ist nur für die Websites, die Sie angegeben haben. Eine lokale Datei gehört nicht dazu, deshalb bleibt die Testseite leer.",
  unsaved:
    "Es gibt ungespeicherte Änderungen. Website und Testseite zeigen den zuletzt gespeicherten Stand.",
  cspTitle: "Wenn die Website eine Content-Security-Policy hat",
  cspLead: "Das Widget braucht nur diese Berechtigungen:",
  copyCsp: "Richtlinie kopieren",
  pinnedTitle: "Wenn die Website nur diese Version des Skripts laden soll",
  pinnedLead:
    "Der Code enthält dann den Hash des Skripts, und Browser lehnen jedes andere Skript ab. Nach einem Update dieses Dienstes funktioniert der alte Code noch 90 Tage. Ersetzen Sie ihn bis dahin.",
  pinnedLabel: "Code für eine Version des Skripts",
  copyPinned: "Code mit Hash kopieren",
  pageHeading: "Testseite",
  pageText:
    "Diese Seite zeigt das Widget „{name}“ live. Wenn Sie es in der Verwaltung ändern und speichern, ändert es sich auch hier.",
  previewLink: "Vorschauseite öffnen",
  codeLabel: "Code für die Website",
  cspLabel: "Zeilen für die Content-Security-Policy",
};

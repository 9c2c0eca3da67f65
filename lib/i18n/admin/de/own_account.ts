import type { AdminTexts } from "../texts.ts";

export const ownAccount: AdminTexts["ownAccount"] = {
  title: "Ihr Konto",
  lead: "Name, Bild, Sprache und Passwort.",
  signInName: "Anmeldename",
  signInNameHint: "Nur ein Administrator kann ihn ändern.",
  displayName: "Name",
  displayNameHint:
    "Für Kollegen sichtbar. Karten in Widgets behalten den Namen, den ein Administrator eingegeben hat.",
  language: "Sprache",
  languageHint: "Für diese Seiten, in jedem Browser, in dem Sie sich anmelden.",
  asBrowser: "Wie der Browser",
  saved: "Ihr Konto wurde gespeichert.",
  pictureTitle: "Bild",
  pictureLead:
    "Für Kollegen sichtbar. Es wird vorgeschlagen, wenn ein Administrator Sie zu einem Widget hinzufügt.",
  pictureSaved: "Ihr Bild wurde gespeichert.",
  pictureRemoved: "Ihr Bild wurde entfernt.",
  passwordTitle: "Passwort",
  passwordLead:
    "Eine Änderung meldet Sie in allen anderen Browsern und auf allen anderen Geräten ab.",
  passwordOfPbx: "Sie melden sich mit myApps an und haben hier kein Passwort.",
  changePassword: "Passwort ändern",
  passwordChanged:
    "Ihr Passwort wurde geändert. Überall sonst sind Sie abgemeldet.",
  currentPassword: "Aktuelles Passwort",
  newPassword: "Neues Passwort",
  wrongPassword: "Das ist nicht Ihr aktuelles Passwort.",
  samePassword: "Wählen Sie ein anderes Passwort als das aktuelle.",
  mustTitle: "Eigenes Passwort wählen",
  mustLead:
    "Eine andere Person hat Ihr Passwort festgelegt und kennt es. Ersetzen Sie es, bevor Sie fortfahren.",
  mustCurrentHint: "Das Passwort, mit dem Sie sich gerade angemeldet haben.",
};

import type { AdminTexts } from "../texts.ts";

export const ownAccount: AdminTexts["ownAccount"] = {
  title: "Ihr Konto",
  lead: "Name, Bild, Sprache und Passwort.",
  signInName: "Anmeldename",
  signInNameHint: "Nur ein Administrator kann ihn ändern.",
  displayName: "Name",
  displayNameHint:
    "Kollegen lesen ihn. Karten in Widgets behalten den Namen, den ein Administrator eingegeben hat.",
  language: "Sprache",
  languageHint: "Für diese Seiten, in jedem Browser, in dem Sie sich anmelden.",
  asBrowser: "Wie der Browser",
  saved: "Ihr Konto ist gespeichert.",
  pictureTitle: "Bild",
  pictureLead:
    "Kollegen sehen es, und es wird vorgeschlagen, wenn ein Administrator Sie zu einem Widget hinzufügt.",
  pictureSaved: "Ihr Bild ist gespeichert.",
  pictureRemoved: "Ihr Bild ist entfernt.",
  passwordTitle: "Passwort",
  passwordLead:
    "Eine Änderung meldet Sie in allen anderen Browsern und auf allen anderen Geräten ab.",
  passwordOfPbx: "Sie melden sich mit myApps an und haben hier kein Passwort.",
  changePassword: "Passwort ändern",
  passwordChanged:
    "Ihr Passwort ist geändert. Überall sonst sind Sie abgemeldet.",
  currentPassword: "Aktuelles Passwort",
  newPassword: "Neues Passwort",
  wrongPassword: "Das ist nicht Ihr aktuelles Passwort.",
  samePassword: "Wählen Sie ein anderes Passwort als das aktuelle.",
  mustTitle: "Eigenes Passwort wählen",
  mustLead:
    "Eine andere Person hat Ihr Passwort festgelegt und kennt es. Ersetzen Sie es, bevor Sie fortfahren.",
  mustCurrentHint: "Das, mit dem Sie sich gerade angemeldet haben.",
};

import type { AdminTexts } from "../texts.ts";

export const access: AdminTexts["access"] = {
  signInTitle: "Anmelden",
  name: "Anmeldename",
  password: "Passwort",
  signIn: "Anmelden",
  wrong: "Name oder Passwort ist falsch.",
  throttled: {
    one:
      "Zu viele Versuche. Warten Sie eine Sekunde und versuchen Sie es erneut.",
    other:
      "Zu viele Versuche. Warten Sie {count} Sekunden und versuchen Sie es erneut.",
  },
  throttledMinutes: {
    one:
      "Zu viele Versuche. Warten Sie eine Minute und versuchen Sie es erneut.",
    other:
      "Zu viele Versuche. Warten Sie {count} Minuten und versuchen Sie es erneut.",
  },
  firstStart:
    "Um einen neuen Dienst einzurichten, öffnen Sie den Link, den er beim Start ausgegeben hat.",
  signedOut: "Sie sind abgemeldet.",
  setupTitle: "Willkommen",
  setupLead: "Legen Sie das erste Administratorkonto dieses Dienstes an.",
  setupName: "Anmeldename",
  setupNameHint: "Buchstaben, Ziffern und . _ @ -",
  displayName: "Ihr Name",
  displayNameHint: "Für Kollegen und Besucher sichtbar",
  passwordHint:
    "Mindestens {min} Zeichen. Gut geeignet sind ein paar zufällige Wörter.",
  passwordAgain: "Passwort wiederholen",
  passwordsDiffer: "Die beiden Passwörter stimmen nicht überein.",
  create: "Konto anlegen",
  strength: "Stärke: {word}",
  tooShort: "zu kurz",
  weak: "schwach",
  fair: "mittel",
  good: "gut",
  strong: "stark",
  linkDeadTitle: "Dieser Link ist nicht mehr gültig",
  linkDead:
    "Er wurde bereits benutzt oder ist abgelaufen. Solange es kein Konto gibt, gibt jeder Start einen neuen Link aus. Wenn Sie ein Konto haben, melden Sie sich an.",
  linkDeadHelp:
    "Wenn sich niemand anmelden kann, starten Sie den Dienst mit gesetztem CW_ADMIN_PASSWORD neu. Damit wird das Konto „admin“ angelegt oder sein Passwort gesetzt.",
  toSignIn: "Zur Anmeldung",
};

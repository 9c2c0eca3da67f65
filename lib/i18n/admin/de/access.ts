import type { AdminTexts } from "../texts.ts";

export const access: AdminTexts["access"] = {
  signInTitle: "Anmelden",
  name: "Anmeldename",
  password: "Passwort",
  signIn: "Anmelden",
  wrong: "Name oder Passwort ist falsch.",
  throttled: {
    one: "Zu viele Versuche. Bitte eine Sekunde warten.",
    other: "Zu viele Versuche. Bitte {count} Sekunden warten.",
  },
  throttledMinutes: {
    one: "Zu viele Versuche. Bitte eine Minute warten.",
    other: "Zu viele Versuche. Bitte {count} Minuten warten.",
  },
  firstStart:
    "Um einen neuen Dienst einzurichten, öffnen Sie den Link, den er beim Start ausgegeben hat.",
  signedOut: "Sie sind abgemeldet.",
  setupTitle: "Willkommen",
  setupLead: "Legen Sie das erste Administratorkonto dieses Dienstes an.",
  setupName: "Anmeldename",
  setupNameHint: "Buchstaben, Ziffern und . _ @ -",
  displayName: "Ihr Name",
  displayNameHint: "Das lesen Kollegen und Besucher",
  passwordHint: "Mindestens {min} Zeichen. Gut sind ein paar zufällige Wörter.",
  passwordAgain: "Passwort wiederholen",
  passwordsDiffer: "Die beiden Passwörter stimmen nicht überein.",
  create: "Konto anlegen",
  strength: "Stärke: {word}",
  tooShort: "zu kurz",
  weak: "schwach",
  fair: "mittel",
  good: "gut",
  strong: "stark",
  linkDeadTitle: "Dieser Link gilt nicht mehr",
  linkDead:
    "Er wurde schon benutzt oder ist veraltet. Jeder Start gibt einen neuen Link aus, solange es kein Konto gibt. Wenn Sie eines haben, melden Sie sich an.",
  linkDeadHelp:
    "Wenn sich niemand anmelden kann: Starten Sie den Dienst mit gesetztem CW_ADMIN_PASSWORD neu. Das legt das Konto „admin“ an oder gibt ihm dieses Passwort.",
  toSignIn: "Zur Anmeldung",
};

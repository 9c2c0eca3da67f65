import type { AdminTexts } from "../texts.ts";

export const myApps: AdminTexts["myApps"] = {
  title: "Anmeldung mit myApps",
  asking: "Sie werden angemeldet …",
  alone:
    "Diese Seite wird aus myApps heraus geöffnet, dem Client der innovaphone PBX, und meldet damit an. Hier steht sie für sich allein. Mit Anmeldename und Passwort geht es auch.",
  toSignIn: "Zur Anmeldung",
  again: "Erneut anmelden",
  throttled: {
    one: "Zu viele Versuche. Bitte eine Sekunde warten und erneut versuchen.",
    other:
      "Zu viele Versuche. Bitte {count} Sekunden warten und erneut versuchen.",
  },
  failures: {
    silent:
      "myApps hat keine Anmeldung für diese App geliefert. Ist Ihnen die App auf der PBX zugewiesen?",
    refused:
      "Die PBX hat die Anmeldung dieser App abgelehnt. Ist Ihnen die App auf der PBX zugewiesen?",
    refusedBecause:
      "Die PBX hat die Anmeldung dieser App abgelehnt: {text}. Ist Ihnen die App auf der PBX zugewiesen?",
    unreadable: "myApps hat mit etwas geantwortet, das keine Anmeldung ist.",
    challenge: "Die Anmeldung kam zu spät. Bitte erneut versuchen.",
    digest:
      "Die Anmeldung wurde nicht mit dem Passwort dieser App gemacht. Das Passwort des App-Objekts und das auf der Seite PBX müssen gleich sein.",
    denied:
      "Ein Administrator von Contact Widgets hat Ihnen den Zugang genommen. Bitten Sie um eine Rolle unter Personen.",
    "no-password":
      "Es ist kein App-Passwort gesetzt. Ein Administrator gibt es auf der Seite PBX ein.",
    "too-many": "Es gibt schon zu viele Konten.",
    unavailable:
      "Der Speicher antwortet nicht rechtzeitig oder kann nicht schreiben, deshalb ist keine Anmeldung möglich. Bitte später erneut versuchen.",
    offline: "Der Dienst ist nicht erreichbar. Bitte erneut versuchen.",
    "no-cookie":
      "Sie wurden angemeldet, aber der Browser hat es sich nicht gemerkt. In myApps geht das nur über https, und Cookies eingebetteter Seiten müssen erlaubt sein.",
    "signed-out": "Sie sind abgemeldet.",
  },
};

import type { AdminTexts } from "../texts.ts";

export const myApps: AdminTexts["myApps"] = {
  title: "Anmeldung mit myApps",
  asking: "Sie werden angemeldet …",
  alone:
    "Diese Seite meldet Sie an, wenn Sie sie in myApps öffnen, dem Client der innovaphone PBX. Sie wurde außerhalb von myApps geöffnet. Sie können sich auch mit Name und Passwort anmelden.",
  toSignIn: "Zur Anmeldung",
  again: "Erneut anmelden",
  throttled: {
    one:
      "Zu viele Versuche. Warten Sie eine Sekunde und versuchen Sie es erneut.",
    other:
      "Zu viele Versuche. Warten Sie {count} Sekunden und versuchen Sie es erneut.",
  },
  failures: {
    silent:
      "myApps hat keine Anmeldung für diese App geliefert. Ist Ihnen die App auf der PBX zugewiesen?",
    refused:
      "Die PBX hat die Anmeldung dieser App abgelehnt. Ist Ihnen die App auf der PBX zugewiesen?",
    refusedBecause:
      "Die PBX hat die Anmeldung dieser App abgelehnt: {text}. Ist Ihnen die App auf der PBX zugewiesen?",
    unreadable: "myApps hat eine ungültige Anmeldung gesendet.",
    challenge: "Die Anmeldung kam zu spät. Versuchen Sie es erneut.",
    digest:
      "Die Anmeldung erfolgte nicht mit dem Passwort dieser App. Das Passwort des App-Objekts muss mit dem auf der Seite PBX übereinstimmen.",
    denied:
      "Ein Administrator von Contact Widgets hat Ihnen den Zugang entzogen. Bitten Sie einen Administrator um eine Rolle.",
    "no-password":
      "Es ist kein App-Passwort gesetzt. Ein Administrator kann es auf der Seite PBX eingeben.",
    "too-many": "Es gibt schon zu viele Konten.",
    unavailable:
      "Der Speicher antwortet nicht rechtzeitig oder kann nicht schreiben, deshalb ist keine Anmeldung möglich. Versuchen Sie es später erneut.",
    offline: "Der Dienst ist nicht erreichbar. Versuchen Sie es erneut.",
    "no-cookie":
      "Sie wurden angemeldet, aber der Browser hat die Anmeldung nicht gespeichert. In myApps funktioniert das nur über https und wenn Cookies eingebetteter Seiten erlaubt sind.",
    "signed-out": "Sie sind abgemeldet.",
  },
};

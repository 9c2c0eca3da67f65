import type { AdminTexts } from "../texts.ts";

export const pbx: AdminTexts["pbx"] = {
  title: "PBX",
  lead:
    "Die innovaphone-Anlagen, deren Benutzer Besuchern antworten. Eine PBX verbindet sich mit diesem Dienst und braucht keinen offenen eingehenden Port.",
  noLinkTitle: "Es ist keine PBX verbunden",
  noLinkText:
    "Geben Sie unten das Passwort ein und legen Sie dann auf der PBX ein App-Objekt an. Sie verbindet sich in wenigen Sekunden.",
  waiting: {
    one: "Eine Verbindung hat sich noch nicht angemeldet.",
    other: "{count} Verbindungen haben sich noch nicht angemeldet.",
  },
  silent: {
    one:
      "Eine Instanz des Dienstes hat nicht geantwortet. Ihre Verbindungen fehlen hier.",
    other:
      "{count} Instanzen des Dienstes haben nicht geantwortet. Ihre Verbindungen fehlen hier.",
  },
  refusedTitle: "Abgewiesene Verbindungen",
  refusedTimes: { one: "einmal", other: "{count}-mal" },
  refusedLast: ", zuletzt {time}",
  refusedReasons: {
    address:
      "Diese Adresse darf sich nicht als PBX verbinden. Wenn sie zu einer PBX gehört, nehmen Sie sie in CW_PBX_FROM auf.",
    login:
      "Die Anmeldung erfolgte mit einem anderen App-Passwort. Geben Sie am App-Objekt und unten dasselbe ein.",
    throttled:
      "Zu viele abgelehnte Anmeldungen. Diese Adresse muss eine Minute warten.",
    "user-login":
      "Ungültige Anmeldung eines myApps-Benutzers: anderes App-Passwort, zu spät oder geraten.",
    "user-denied":
      "Ein myApps-Benutzer, der hier keine Rolle hat. Rollen vergeben Sie unter Personen.",
  },
  linked: "verbunden",
  linkedSince: "Seit {time}, von {address}",
  notRegistered: "nicht registriert",
  incomplete: "ein Recht fehlt",
  version: "Version",
  registration: "Registrierung",
  registered: "registriert",
  pending: "läuft",
  failed: "fehlgeschlagen: {error}",
  none: "nicht erlaubt",
  rights: "Rechte",
  subscriptions: "Präsenz der Ansprechpartner",
  calls: "Anrufe",
  chats: "Chats",
  roundTrip: "Laufzeit",
  milliseconds: "{n} ms",
  unknown: "noch nicht gemessen",
  messages: "Nachrichten",
  messagesText: "{received} empfangen, {sent} gesendet, {problems} Probleme",
  instance: "Instanz",
  errors: "Letzte Probleme",
  missingPbxSignal:
    "Anrufe und Chats funktionieren nicht. Setzen Sie am App-Objekt den Haken bei „PbxSignal“.",
  missingPbxApi:
    "Die Präsenz der Ansprechpartner ist unbekannt, deshalb sind alle offline. Setzen Sie am App-Objekt den Haken bei „PbxApi“.",
  missingPbxAdminApi:
    "Benutzer können nicht gesucht werden, und Gruppen, Warteschlangen und Boolean-Objekte sind unbekannt. Adressen können Sie trotzdem eingeben. Um das zu ändern, setzen Sie am App-Objekt den Haken bei „Admin“.",
  setUp: "App-Objekt",
  setUpLead: "Tragen Sie dies auf der PBX in ein Objekt vom Typ „App“ ein:",
  url: "URL",
  urlLabel: "URL des App-Objekts",
  copyUrl: "URL kopieren",
  setUpName: "Langer Name „Contact Widgets“, Name „widgets“",
  setUpPassword: "Das Passwort unten, höchstens 15 Zeichen",
  setUpWebsocket: "Haken bei „Websocket“",
  setUpRights:
    "Haken bei „PbxSignal“ und „PbxApi“, für die Benutzersuche auch bei „Admin“",
  setUpAssign: "Die App den Benutzern zuweisen, die Widgets verwalten sollen",
  framers:
    "Benutzer, denen die App zugewiesen ist, können sie in myApps unter {origins} öffnen und sind hier sofort Administratoren.",
  framersNone:
    "Um die App in myApps zu öffnen, verbinden Sie eine PBX, die ihren Hostnamen nennt, oder setzen Sie CW_PBX_ORIGINS.",
  password: "App-Passwort",
  passwordHint:
    "Dasselbe wie im App-Objekt. Es wird verschlüsselt gespeichert.",
  passwordEnvironment:
    "Das Passwort ist in der Umgebung gesetzt (CW_PBX_PASSWORD) und kann hier nicht geändert werden.",
  passwordStored: "Ein Passwort ist gespeichert.",
  passwordNone:
    "Es ist kein Passwort gesetzt, deshalb kann sich keine PBX anmelden.",
  passwordUnreadable:
    "Das gespeicherte Passwort ist nicht lesbar, weil sich der Schlüssel geändert hat. Geben Sie es erneut ein.",
  savePassword: "Passwort speichern",
  savedToast:
    "Das Passwort wurde gespeichert. Es gilt ab der nächsten Anmeldung.",
  trace: "Mitschnitt",
  traceLead:
    "Die letzten Nachrichten zwischen PBX und diesem Dienst, ohne Passwörter, Prüfsummen und Chatnachrichten.",
  traceFilter: "Filter",
  traceFilterPlaceholder: "Nachricht, API, Adresse …",
  traceEmpty: "Noch keine Nachrichten.",
  traceNoMatch: "Keine Treffer.",
  traceSave: "Als Datei speichern",
  received: "empfangen",
  sent: "gesendet",
  note: "Hinweis",
};

import type { AdminTexts } from "../texts.ts";

export const pbx: AdminTexts["pbx"] = {
  title: "PBX",
  lead:
    "Die innovaphone-Anlagen, deren Benutzer Besuchern antworten. Eine PBX verbindet sich mit diesem Dienst; zu ihr hin muss nichts geöffnet werden.",
  noLinkTitle: "Keine PBX ist verbunden",
  noLinkText:
    "Geben Sie unten das Passwort ein und legen Sie dann auf der PBX ein App-Objekt an. Sie verbindet sich in wenigen Sekunden.",
  waiting: {
    one: "Eine Verbindung hat sich noch nicht angemeldet.",
    other: "{count} Verbindungen haben sich noch nicht angemeldet.",
  },
  refusedTitle: "Nicht hereingelassen",
  refusedTimes: { one: "einmal", other: "{count}-mal" },
  refusedLast: ", zuletzt {time}",
  refusedReasons: {
    address:
      "Diese Adresse darf sich nicht als PBX verbinden. Wenn sie eine ist: in CW_PBX_FROM aufnehmen.",
    login:
      "Die Anmeldung wurde nicht mit dem App-Passwort gemacht: am App-Objekt und unten dasselbe eingeben.",
    throttled:
      "Zu viele abgelehnte Anmeldungen: Diese Adresse muss eine Minute warten.",
    "user-login":
      "Ein Benutzer in myApps, dessen Anmeldung nicht gilt: anderes App-Passwort, zu spät, oder jemand rät.",
    "user-denied":
      "Ein Benutzer in myApps ohne Rolle hier. Rollen gibt es unter Personen.",
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
  subscriptions: "Präsenz von Agenten",
  calls: "Anrufe",
  chats: "Chats",
  roundTrip: "Laufzeit",
  milliseconds: "{n} ms",
  unknown: "noch nicht gemessen",
  messages: "Nachrichten",
  messagesText: "{received} empfangen, {sent} gesendet, {problems} Probleme",
  errors: "Letzte Probleme",
  missingPbxSignal:
    "Anrufe und Chats gehen nicht: Haken bei „PbxSignal“ am App-Objekt setzen.",
  missingPbxApi:
    "Die Präsenz der Agenten ist unbekannt, alle gelten als offline: Haken bei „PbxApi“ am App-Objekt setzen.",
  missingPbxAdminApi:
    "Benutzer können nicht gesucht werden, Gruppen, Warteschlangen und Booleans sind unbekannt. Adressen lassen sich eintippen. Abhilfe: Haken bei „Admin“ am App-Objekt setzen.",
  setUp: "App-Objekt",
  setUpLead: "Was auf der PBX in ein Objekt vom Typ „App“ einzutragen ist:",
  url: "URL",
  urlLabel: "URL des App-Objekts",
  copyUrl: "URL kopieren",
  setUpName: "Langer Name „Contact Widgets“, Name „widgets“",
  setUpPassword: "Das Passwort von unten, höchstens 15 Zeichen",
  setUpWebsocket: "Haken bei „Websocket“",
  setUpRights:
    "Haken bei „PbxSignal“ und „PbxApi“; „Admin“ für die Suche nach Benutzern",
  setUpAssign: "Die App den Benutzern zuweisen, die Widgets verwalten dürfen",
  framers:
    "Benutzer, denen die App zugewiesen ist, öffnen sie in myApps unter {origins} und sind hier gleich Administratoren.",
  framersNone:
    "Damit die App in myApps aufgeht: eine PBX verbinden, die ihren Hostnamen nennt, oder CW_PBX_ORIGINS setzen.",
  password: "App-Passwort",
  passwordHint:
    "Dasselbe wie im App-Objekt. Es wird verschlüsselt gespeichert.",
  passwordEnvironment:
    "Es ist in der Umgebung gesetzt (CW_PBX_PASSWORD) und lässt sich hier nicht ändern.",
  passwordStored: "Ein Passwort ist gespeichert.",
  passwordNone: "Es ist kein Passwort gesetzt: Keine PBX kann sich anmelden.",
  passwordUnreadable:
    "Das gespeicherte Passwort ist nicht lesbar: Der Schlüssel hat sich geändert. Bitte neu eingeben.",
  savePassword: "Passwort speichern",
  savedToast:
    "Das Passwort ist gespeichert. Es gilt ab der nächsten Anmeldung.",
  trace: "Mitschnitt",
  traceLead:
    "Die letzten Nachrichten zwischen PBX und diesem Dienst. Passwörter, Prüfsummen und was Menschen schreiben fehlen darin.",
  traceFilter: "Filter",
  traceFilterPlaceholder: "Nachricht, API, Adresse …",
  traceEmpty: "Noch keine Nachricht.",
  traceNoMatch: "Keine Nachricht enthält das.",
  traceSave: "Als Datei sichern",
  received: "empfangen",
  sent: "gesendet",
  note: "Hinweis",
};

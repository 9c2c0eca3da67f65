import type { AdminTexts } from "../texts.ts";

export const pbx: AdminTexts["pbx"] = {
  title: "PBX",
  lead:
    "Die innovaphone-PBXen, deren Benutzer Besuchern antworten. Eine PBX verbindet sich mit diesem Dienst; zu ihr hin muss nichts geöffnet werden.",
  noLinkTitle: "Keine PBX ist verbunden",
  noLinkText:
    "Geben Sie unten das Kennwort ein und legen Sie dann auf der PBX ein App-Objekt an. Sie verbindet sich in wenigen Sekunden.",
  waiting: {
    one: "Eine Verbindung hat sich noch nicht angemeldet.",
    other: "{count} Verbindungen haben sich noch nicht angemeldet.",
  },
  refused: {
    one:
      "Eine Anmeldung wurde abgelehnt: Das Kennwort ist ein anderes, oder jemand rät.",
    other:
      "{count} Anmeldungen wurden abgelehnt: Das Kennwort ist ein anderes, oder jemand rät.",
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
  setUpPassword: "Das Kennwort von unten, höchstens 15 Zeichen",
  setUpWebsocket: "Haken bei „Websocket“",
  setUpRights:
    "Haken bei „PbxSignal“ und „PbxApi“; „Admin“ für die Suche nach Benutzern",
  setUpAssign: "Die App den Benutzern zuweisen, die Widgets verwalten dürfen",
  password: "App-Kennwort",
  passwordHint:
    "Dasselbe wie im App-Objekt. Es wird verschlüsselt gespeichert.",
  passwordEnvironment:
    "Es ist in der Umgebung gesetzt (CW_PBX_PASSWORD) und lässt sich hier nicht ändern.",
  passwordStored: "Ein Kennwort ist gespeichert.",
  passwordNone: "Es ist kein Kennwort gesetzt: Keine PBX kann sich anmelden.",
  passwordUnreadable:
    "Das gespeicherte Kennwort ist nicht lesbar: Der Schlüssel hat sich geändert. Bitte neu eingeben.",
  savePassword: "Kennwort speichern",
  savedToast:
    "Das Kennwort ist gespeichert. Es gilt ab der nächsten Anmeldung.",
  trace: "Mitschnitt",
  traceLead:
    "Die letzten Nachrichten zwischen PBXen und diesem Dienst. Kennwörter, Prüfsummen und was Menschen schreiben fehlen darin.",
  traceFilter: "Filter",
  traceFilterPlaceholder: "Nachricht, API, Adresse …",
  traceEmpty: "Noch keine Nachricht.",
  traceNoMatch: "Keine Nachricht enthält das.",
  traceSave: "Als Datei sichern",
  traceLive: "Mitlaufen",
  received: "empfangen",
  sent: "gesendet",
  note: "Hinweis",
};

import type { AdminTexts } from "../texts.ts";

export const network: AdminTexts["network"] = {
  title: "Netz",
  lead:
    "Ton und Bild eines Anrufs gehen von Browser zu Browser oder Telefon. Diese Server öffnen den Weg, wenn ein Router oder eine Firewall dazwischen liegt.",
  sourceSettings:
    "Festgelegt durch die Einstellungen CW_STUN und CW_TURN des Dienstes.",
  sourcePbx:
    "Von der verbundenen PBX genannt, weil die Einstellungen CW_STUN und CW_TURN leer sind.",
  servers: "Server",
  stunUse: "STUN: sagt einem Browser seine öffentliche Adresse",
  turnUdp: "TURN: leitet weiter, über UDP",
  turnTcp: "TURN: leitet weiter, erreicht über TCP",
  turnTls: "TURN: leitet weiter, erreicht über TLS",
  minted: "Name und Passwort werden für jeden Anruf neu gemacht",
  fixed: "Name und Passwort der PBX",
  missingShort: "Kein Name und Passwort",
  noTurn:
    "Kein TURN-Server ist eingestellt. Besucher, deren Netz nur Websites durchlässt, wie in vielen Firmen und Hotels, hören nichts, wenn sie anrufen.",
  emptyTitle: "Kein STUN- oder TURN-Server ist eingestellt",
  emptyText:
    "Anrufe gelingen, solange sich beide Seiten direkt erreichen, meist nur innerhalb eines Netzes. Besucher zu Hause, unterwegs oder hinter einer strengen Firewall sehen, dass der Anruf verbunden wird, und hören nichts.",
  emptyHow:
    "Setzen Sie CW_STUN und CW_TURN mit CW_TURN_SECRET und starten Sie den Dienst neu, oder tragen Sie STUN und TURN auf der PBX ein: Deren Server werden benutzt, wenn die Einstellungen keine nennen. Wie ein TURN-Server eingerichtet wird, zeigt das Handbuch für Betreiber.",
  test: "Von diesem Browser aus testen",
  testAgain: "Noch einmal testen",
  stop: "Abbrechen",
  testHint:
    "Der Test benutzt das Netz, in dem Sie gerade sind. Am meisten sagt er dort, wo Besucher sind: zu Hause, mit dem Mobiltelefon, in einem Gastnetz.",
  asking: "Der Dienst macht Zugangsdaten für den Test …",
  running: "{done} von {count} getestet …",
  allPassed: {
    one: "Der Server funktioniert von hier aus.",
    other: "Alle {count} Server funktionieren von hier aus.",
  },
  somePassed: "{passed} von {count} Servern funktionieren von hier aus.",
  nonePassed: "Kein Server funktioniert von hier aus.",
  stopped: "Der Test wurde abgebrochen.",
  reaching: "wartet auf eine Antwort",
  relaying: "Weiterleitung geöffnet, sendet Daten",
  passed: "funktioniert",
  failed: "funktioniert nicht",
  notTested: "nicht getestet",
  seenAs: "Das Internet sieht diesen Browser als {address}.",
  direct:
    "Er antwortet. Dieser Browser hat eine eigene öffentliche Adresse, kein Router ändert sie.",
  relayed:
    "Daten gingen über die Weiterleitung bei {address} hin und zurück, am schnellsten in {ms} ms.",
  said: "Der Browser sagt: {text}",
  saidCode: "Der Browser sagt: {code} {text}",
  why: {
    "no-answer":
      "Keine Antwort in der gegebenen Zeit. Läuft der Server, stimmt die Adresse, und lassen ihn die Firewalls auf dem Weg durch: {port}?",
    "no-name":
      "Dieser Name führt nirgendwohin. Ist er richtig geschrieben, und kennt ihn das DNS, das Ihr Browser fragt?",
    unauthorized:
      "Der Server weist die Zugangsdaten zurück (401). CW_TURN_SECRET und static-auth-secret des Servers sind verschieden, oder seine Uhr geht um mehr als eine Stunde vor.",
    clock:
      "Der Server nimmt Zugangsdaten an, die eine Stunde gelten, aber keine, die fünf Minuten gelten: Seine Uhr geht vor der des Dienstes. Lassen Sie beide einen Zeitserver (NTP) fragen.",
    quota:
      "Der Server öffnet zurzeit keine Weiterleitungen mehr: Seine Grenze ist erreicht (user-quota, total-quota). Warten Sie einige Minuten und testen Sie dann noch einmal.",
    forbidden:
      "Der Server verbietet es (403): Seine Regeln schließen die Adresse dieses Browsers aus.",
    unsupported:
      "Der Server unterstützt diesen Weg nicht. Nimmt er UDP, TCP oder TLS an, wie es diese Adresse sagt?",
    "no-data":
      "Eine Weiterleitung wurde geöffnet, aber es kamen keine Daten durch. Schließt eine Firewall vor dem Server dessen Ports dafür (UDP 49152 bis 65535), oder schließen seine Regeln (denied-peer-ip) den Weg zurück zu diesem Browser aus?",
    missing:
      "Niemand hat Name und Passwort für diesen Server, deshalb benutzt ihn kein Anruf. Setzen Sie CW_TURN_SECRET oder die Zugangsdaten auf der PBX.",
    unusable: "Der Browser nimmt diese Adresse so, wie sie dasteht, nicht an.",
    refused: "Der Server weist es zurück.",
  },
  port: "{protocol}-Port {port}",
  skewAhead: {
    one:
      "Die Uhr dieses Browsers geht eine Sekunde vor der des Dienstes. TURN-Zugangsdaten enden zu einer Uhrzeit: Geht die Uhr des Dienstes falsch, gelingen Anrufe nicht.",
    other:
      "Die Uhr dieses Browsers geht {count} Sekunden vor der des Dienstes. TURN-Zugangsdaten enden zu einer Uhrzeit: Geht die Uhr des Dienstes falsch, gelingen Anrufe nicht.",
  },
  skewBehind: {
    one:
      "Die Uhr dieses Browsers geht eine Sekunde nach der des Dienstes. TURN-Zugangsdaten enden zu einer Uhrzeit: Geht die Uhr des Dienstes falsch, gelingen Anrufe nicht.",
    other:
      "Die Uhr dieses Browsers geht {count} Sekunden nach der des Dienstes. TURN-Zugangsdaten enden zu einer Uhrzeit: Geht die Uhr des Dienstes falsch, gelingen Anrufe nicht.",
  },
  clocksAgree: "Die Uhren dieses Browsers und des Dienstes stimmen überein.",
};

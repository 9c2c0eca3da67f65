import type { AdminTexts } from "../texts.ts";

export const network: AdminTexts["network"] = {
  title: "Netzwerk",
  lead:
    "Ton und Bild werden direkt zwischen Besucher und Ansprechpartner übertragen. Diese Server helfen, wenn ein Router oder eine Firewall dazwischenliegt.",
  sourceSettings: "Durch die Einstellungen CW_STUN und CW_TURN festgelegt.",
  sourcePbx:
    "Von der verbundenen PBX übernommen, weil die Einstellungen CW_STUN und CW_TURN leer sind.",
  servers: "Server",
  stunUse: "STUN: teilt einem Browser seine öffentliche Adresse mit",
  turnUdp: "TURN: Weiterleitung über UDP",
  turnTcp: "TURN: Weiterleitung, Verbindung über TCP",
  turnTls: "TURN: Weiterleitung, Verbindung über TLS",
  minted: "Zugangsdaten werden für jeden Anruf neu erzeugt",
  fixed: "Zugangsdaten der PBX",
  missingShort: "Keine Zugangsdaten",
  noTurn:
    "Es ist kein TURN-Server eingerichtet. Besucher, deren Netzwerk nur Webzugriffe erlaubt, wie in vielen Firmen und Hotels, hören nichts, wenn sie anrufen.",
  emptyTitle: "Es ist kein STUN- oder TURN-Server eingerichtet",
  emptyText:
    "Anrufe gelingen nur, wenn sich beide Seiten direkt erreichen, meist innerhalb eines Netzwerks. Bei Besuchern zu Hause, unterwegs oder hinter einer strengen Firewall wird der Anruf verbunden, bleibt aber stumm.",
  emptyHow:
    "Setzen Sie CW_STUN und CW_TURN mit CW_TURN_SECRET und starten Sie den Dienst neu, oder tragen Sie STUN und TURN auf der PBX ein; deren Server werden verwendet, wenn die Einstellungen keine nennen. Wie Sie einen TURN-Server einrichten, steht im Handbuch für Betreiber.",
  test: "Von diesem Browser aus testen",
  testAgain: "Erneut testen",
  stop: "Abbrechen",
  testHint:
    "Der Test verwendet das Netzwerk, in dem Sie gerade sind. Am aussagekräftigsten ist er dort, wo Ihre Besucher sind: zu Hause, mit dem Mobiltelefon oder in einem Gastnetzwerk.",
  asking: "Der Dienst erzeugt Zugangsdaten für den Test …",
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
    "Er antwortet. Dieser Browser hat eine eigene öffentliche Adresse, die kein Router ändert.",
  relayed:
    "Daten kamen über die Weiterleitung bei {address} zurück, am schnellsten in {ms} ms.",
  said: "Meldung des Browsers: {text}",
  saidCode: "Meldung des Browsers: {code} {text}",
  why: {
    "no-answer":
      "Keine rechtzeitige Antwort. Läuft der Server, stimmt die Adresse, und lassen die Firewalls dazwischen {port} zu?",
    "no-name":
      "Dieser Hostname lässt sich nicht auflösen. Prüfen Sie die Schreibweise und Ihr DNS.",
    unauthorized:
      "Der Server lehnt die Zugangsdaten ab (401). Entweder unterscheiden sich CW_TURN_SECRET und static-auth-secret des Servers, oder seine Uhr geht mehr als eine Stunde vor.",
    clock:
      "Der Server akzeptiert Zugangsdaten, die eine Stunde gelten, aber keine, die fünf Minuten gelten; seine Uhr geht also gegenüber der des Dienstes vor. Synchronisieren Sie beide Uhren mit einem Zeitserver (NTP).",
    quota:
      "Der Server hat seine Höchstzahl an Weiterleitungen erreicht (user-quota, total-quota). Warten Sie einige Minuten und testen Sie dann erneut.",
    forbidden:
      "Die Regeln des Servers schließen die Adresse dieses Browsers aus (403).",
    unsupported:
      "Der Server unterstützt dieses Transportprotokoll nicht. Akzeptiert er UDP, TCP oder TLS, wie es diese Adresse angibt?",
    "no-data":
      "Eine Weiterleitung wurde geöffnet, aber es kamen keine Daten an. Entweder blockiert eine Firewall vor dem Server seine Weiterleitungsports (UDP 49152 bis 65535), oder seine Regeln (denied-peer-ip) schließen diesen Browser aus.",
    missing:
      "Für diesen Server gibt es keine Zugangsdaten, deshalb verwendet ihn kein Anruf. Setzen Sie CW_TURN_SECRET oder die Zugangsdaten auf der PBX.",
    unusable: "Der Browser akzeptiert diese Adresse nicht.",
    refused: "Der Server lehnt die Anfrage ab.",
  },
  port: "{protocol}-Port {port}",
  skewAhead: {
    one:
      "Die Uhr dieses Browsers geht gegenüber der des Dienstes eine Sekunde vor. TURN-Zugangsdaten laufen ab; wenn die Uhr des Dienstes falsch geht, scheitern Anrufe.",
    other:
      "Die Uhr dieses Browsers geht gegenüber der des Dienstes {count} Sekunden vor. TURN-Zugangsdaten laufen ab; wenn die Uhr des Dienstes falsch geht, scheitern Anrufe.",
  },
  skewBehind: {
    one:
      "Die Uhr dieses Browsers geht gegenüber der des Dienstes eine Sekunde nach. TURN-Zugangsdaten laufen ab; wenn die Uhr des Dienstes falsch geht, scheitern Anrufe.",
    other:
      "Die Uhr dieses Browsers geht gegenüber der des Dienstes {count} Sekunden nach. TURN-Zugangsdaten laufen ab; wenn die Uhr des Dienstes falsch geht, scheitern Anrufe.",
  },
  clocksAgree: "Die Uhren dieses Browsers und des Dienstes stimmen überein.",
};

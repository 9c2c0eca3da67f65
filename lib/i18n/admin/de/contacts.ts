import type { AdminTexts } from "../texts.ts";

export const contacts: AdminTexts["contacts"] = {
  title: "Kontakte",
  lead:
    "Beendete Anrufe und Chats. Namen, Adressen und Nachrichten von Besuchern werden nicht gespeichert.",
  kept: {
    one: "Einträge werden nach einem Tag gelöscht.",
    other: "Einträge werden nach {count} Tagen gelöscht.",
  },
  from: "Von",
  to: "Bis",
  widget: "Widget",
  agent: "Ansprechpartner",
  answeredBy: "Angenommen von",
  agentHint: "Name, Adresse",
  media: "Art",
  all: "alle",
  voice: "Anruf",
  video: "Videoanruf",
  chat: "Chat",
  filter: "Anzeigen",
  reset: "Alle anzeigen",
  older: "Ältere anzeigen",
  outcome: "Ergebnis",
  answered: "angenommen, {time}",
  messages: { one: "{count} Nachricht", other: "{count} Nachrichten" },
  idle: "wegen Inaktivität beendet",
  givenUp: "vor der Annahme beendet",
  busy: "besetzt",
  declined: "abgelehnt",
  noAnswer: "nicht angenommen",
  notReached: "nicht erreicht (Grund {cause})",
  deletedWidget: "gelöschtes Widget",
  emptyTitle: "Noch keine Kontakte",
  emptyText:
    "Jeder beendete Anruf und Chat erscheint hier mit Zeit, Widget, Ansprechpartner und Ergebnis.",
  nothingTitle: "Keine Treffer",
  nothingText: "Keine Treffer im bisher durchsuchten Zeitraum.",
  view: "Kontakt vom {time}",
  viewShort: "Details",
  viewLabel: "Details, {time}",
  started: "Beginn",
  waited: "Wartezeit",
  duration: "Dauer",
  cause: "Grund (Q.850)",
  consent: "Einwilligung (Version des Textes)",
  handovers: "Weitere Ansprechpartner",
  handedTo: "übergeben an {name}",
  invited: "eingeladen",
  withGuest: "mit {name}",
  visitTitle: "Derselbe Besuch",
  visitOne: "Von diesem Besuch ist kein weiterer Kontakt gespeichert.",
  visitText:
    "Diese Kontakte gehören zu einem Besuch: derselbe Browser-Tab, ohne längere Pause. Wer der Besucher war, weiß der Dienst nicht.",
  save: "Als Datei speichern",
  deleteOne: "Kontakt löschen",
  deleteVisit: "Den ganzen Besuch löschen",
  deleteOneTitle: "Diesen Kontakt löschen?",
  deleteOneText:
    "Der Kontakt vom {time} mit {agent} wird endgültig gelöscht. Die Summen der Statistik bleiben erhalten; sie lassen keine Rückschlüsse auf Personen zu.",
  deleteVisitTitle: {
    one: "Den Kontakt dieses Besuchs löschen?",
    other: "Alle {count} Kontakte dieses Besuchs löschen?",
  },
  deleteVisitText:
    "Alles, was zu diesem Besuch gespeichert ist, wird endgültig gelöscht. Die Summen der Statistik bleiben erhalten; sie lassen keine Rückschlüsse auf Personen zu.",
  deleteConfirm: "Endgültig löschen",
  deletedToast: {
    one: "Ein Kontakt wurde gelöscht.",
    other: "{count} Kontakte wurden gelöscht.",
  },
  asked: "Wenn ein Besucher nach seinen Daten fragt",
  askedFind:
    "Der Dienst weiß nicht, wer seine Besucher sind. Fragen Sie nach dem Tag, der ungefähren Uhrzeit und dem Ansprechpartner, und suchen Sie den Kontakt dann hier.",
  askedVisit:
    "Öffnen Sie ihn, um alle Kontakte desselben Besuchs zu sehen. Speichern Sie sie für die Auskunft als Datei oder löschen Sie sie.",
  askedChats:
    "Die Nachrichten eines Chats werden nur gespeichert, solange er läuft, und einige Minuten nach einem Verbindungsabbruch. In dieser Liste erscheinen sie nie.",
  askedElsewhere:
    "Hier nicht enthalten: Exportdateien und andere Sicherungen, Anruflisten und Chats der PBX sowie Protokolle eines Proxys oder TURN-Servers, die Adressen von Besuchern enthalten können.",
};

import type { AdminTexts } from "../texts.ts";

export const contacts: AdminTexts["contacts"] = {
  title: "Kontakte",
  lead:
    "Anrufe und Chats, die zu Ende sind. Weder Namen noch Adressen noch Texte von Besuchern werden gespeichert.",
  kept: {
    one: "Sie werden nach einem Tag gelöscht.",
    other: "Sie werden nach {count} Tagen gelöscht.",
  },
  from: "Von",
  to: "Bis",
  widget: "Widget",
  agent: "Ansprechpartner",
  agentHint: "Name oder Adresse",
  media: "Art",
  all: "alle",
  voice: "Anruf",
  video: "Videoanruf",
  chat: "Chat",
  filter: "Zeigen",
  reset: "Alle zeigen",
  older: "Ältere zeigen",
  outcome: "Wie es endete",
  answered: "angenommen, {time}",
  messages: { one: "{count} Nachricht", other: "{count} Nachrichten" },
  givenUp: "beendet, bevor jemand annahm",
  busy: "besetzt",
  declined: "abgelehnt",
  noAnswer: "niemand nahm an",
  notReached: "nicht erreicht (Grund {cause})",
  deletedWidget: "gelöschtes Widget",
  emptyTitle: "Noch keine Kontakte",
  emptyText:
    "Jeder Anruf und jeder Chat hinterlässt hier eine Zeile, wenn er zu Ende ist: wann, über welches Widget, mit wem, und wie es endete.",
  nothingTitle: "Nichts gefunden",
  nothingText: "Kein Kontakt passt zu diesem Filter, so weit gesucht wurde.",
  view: "Kontakt vom {time}",
  viewShort: "Einzelheiten",
  viewLabel: "Einzelheiten, {time}",
  started: "Beginn",
  waited: "Wartezeit",
  duration: "Dauer",
  cause: "Grund (Q.850)",
  consent: "Einwilligung (Nummer des Textes)",
  visitTitle: "Derselbe Besuch",
  visitOne: "Von diesem Besuch ist sonst nichts gespeichert.",
  visitText:
    "Diese Kontakte kamen von einem Besuch: aus demselben Tab desselben Browsers, ohne längere Pause. Wer das war, ist nicht bekannt.",
  save: "Als Datei speichern",
  deleteOne: "Kontakt löschen",
  deleteVisit: "Alles von diesem Besuch löschen",
  deleteOneTitle: "Diesen Kontakt löschen?",
  deleteOneText:
    "Die Zeile vom {time} mit {agent} wird endgültig gelöscht. Die Zahlen der Statistik bleiben: Sie nennen niemanden.",
  deleteVisitTitle: {
    one: "Den Kontakt dieses Besuchs löschen?",
    other: "Alle {count} Kontakte dieses Besuchs löschen?",
  },
  deleteVisitText:
    "Alles, was von diesem Besuch gespeichert ist, wird endgültig gelöscht. Die Zahlen der Statistik bleiben: Sie nennen niemanden.",
  deleteConfirm: "Endgültig löschen",
  deletedToast: {
    one: "Ein Kontakt ist gelöscht.",
    other: "{count} Kontakte sind gelöscht.",
  },
  asked: "Wenn ein Besucher nach seinen Daten fragt",
  askedFind:
    "Der Dienst weiß nicht, wer seine Besucher sind. Fragen Sie nach dem Tag, der ungefähren Uhrzeit und mit wem es war; dann suchen Sie die Zeile hier.",
  askedVisit:
    "Öffnen Sie sie: Kontakte desselben Besuchs stehen beieinander. Speichern Sie sie für eine Auskunft als Datei, oder löschen Sie sie.",
  askedChats:
    "Der Text eines Chats wird nur aufbewahrt, solange der Chat läuft, und einige Minuten nach einer verlorenen Verbindung. In dieser Liste steht er nie.",
  askedElsewhere:
    "Was nicht hier ist: Dateien von „export“ und andere Sicherungen, Anruflisten und Chats der PBX, und die Protokolle eines Proxys oder eines TURN-Servers, die Adressen von Besuchern enthalten können.",
};

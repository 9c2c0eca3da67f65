import type { AdminTexts } from "../texts.ts";

export const teams: AdminTexts["teams"] = {
  add: "Team hinzufügen",
  addTitle: "Team hinzufügen",
  members: "Mitglieder",
  noMembers: "Dieses Team hat noch keine Mitglieder.",
  member: "Mitglied",
  memberHint:
    "Der Anmeldename einer Person am Arbeitsplatz oder eine Adresse an der PBX. Geben Sie einen Namen ein, um zu suchen.",
  memberThere: "Dieses Mitglied gehört schon zum Team.",
  addMember: "Mitglied hinzufügen",
  removeMember: "{name} aus dem Team entfernen",
  membersFull: "Dieses Team hat die Höchstzahl von {max} Mitgliedern erreicht.",
  strategy: "Wer gerufen wird",
  strategies: {
    all: "Alle Mitglieder gleichzeitig",
    turn: "Nacheinander, reihum",
    idle: "Nacheinander, am längsten frei zuerst",
  },
  ringAll: "Klingeldauer",
  ringEach: "Klingeldauer je Mitglied",
  seconds: "Sekunden",
  chatsMax: "Chats je Mitglied",
  chatsMaxHint:
    "Ein Mitglied am Arbeitsplatz mit so vielen Chats erhält vom Team keinen weiteren. 0 bedeutet: keine Grenze.",
  queue: "Warteschlange, solange alle Mitglieder beschäftigt sind",
  queueHint:
    "Besucher sehen ihre Position und wie lange es zu dieser Stunde üblicherweise dauert. Sie können jederzeit gehen.",
  queueMinutes: "Höchstens warten",
  steps: "Wenn kein Mitglied antwortet",
  stepsHint:
    "Danach klingelt es der Reihe nach hier. Nach dem letzten Schritt können Besucher eine Nachricht hinterlassen.",
  addStep: "Schritt hinzufügen",
  step: "Schritt {place}",
  stepTo: "Danach rufen",
  stepAddress: "Eine Adresse",
  stepAddressLabel: "Adresse eines Ansprechpartners oder einer Warteschlange",
  stepSeconds: "Klingeldauer",
  stepUp: "{name} nach oben",
  removeStep: "{name} entfernen",
  stepsFull: "Dieses Team hat die Höchstzahl von {max} Schritten erreicht.",
  count: { one: "{count} Mitglied", other: "{count} Mitglieder" },
};

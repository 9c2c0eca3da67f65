import type { DeskTexts } from "./texts.ts";

export const handover: DeskTexts["handover"] = {
  button: "Übergeben",
  title: "Chat mit {name} übergeben",
  search: "Ansprechpartner oder Team",
  searchHint: "Name oder Adresse",
  list: "Verfügbar",
  team: "Team · {count} verfügbar",
  teamEmpty: "Team · niemand verfügbar",
  atPbx: "PBX · {presence}",
  nobody: "Zurzeit ist sonst niemand erreichbar.",
  noMatch: "Kein erreichbarer Ansprechpartner und kein Team passt zur Suche.",
  more: "Weitere finden Sie über die Suche.",
  loading: "Wird geladen …",
  failed:
    "Die Liste konnte nicht geladen werden. Ein neuer Versuch folgt automatisch.",
  note: "Notiz",
  noteHint: "Der Besucher sieht sie nicht.",
  optional: "optional",
  send: "Übergeben",
  cancel: "Abbrechen",
  waiting: "Warten auf {name}. Bis zur Annahme bleibt der Chat bei Ihnen.",
  withdraw: "Chat behalten",
  declined: "{name} hat den Chat abgelehnt. Er bleibt bei Ihnen.",
  unanswered:
    "{name} hat nicht rechtzeitig geantwortet. Der Chat bleibt bei Ihnen.",
  busy: "{name} ist beschäftigt. Der Chat bleibt bei Ihnen.",
  unreachable:
    "{name} ist zurzeit nicht erreichbar. Der Chat bleibt bei Ihnen.",
  seen: "OK",
  from: "{by} hat Ihnen diesen Chat übergeben.",
  kept: "{by} hat den Chat behalten.",
  colleague: "Anderer Ansprechpartner",
  over: "Übergeben",
  to: "Sie haben diesen Chat an {name} übergeben.",
  toSomebody: "Sie haben diesen Chat übergeben.",
};

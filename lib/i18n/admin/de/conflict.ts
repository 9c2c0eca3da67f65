import type { AdminTexts } from "../texts.ts";

export const conflict: AdminTexts["conflict"] = {
  title: "Jemand anderes hat „{name}“ gespeichert",
  lead:
    "Gespeichert wurde am {time}, nachdem Sie es geöffnet hatten. Noch ist nichts verloren: Wählen Sie, was gelten soll.",
  leadBy:
    "{author} hat am {time} gespeichert, nachdem Sie es geöffnet hatten. Noch ist nichts verloren: Wählen Sie, was gelten soll.",
  leadPerson:
    "Jemand anderes hat dieses Konto gespeichert, nachdem Sie es geöffnet hatten. Noch ist nichts verloren: Wählen Sie, was gelten soll.",
  differences: "Was verschieden ist",
  same:
    "Beide sagen dasselbe. Sie können den anderen Stand nehmen, ohne etwas zu verlieren.",
  what: "Was",
  mine: "Ihr Stand",
  theirs: "Der andere Stand",
  empty: "leer",
  agentOnlyMine: "{name}: nur in Ihrem Stand",
  agentOnlyTheirs: "{name}: nur im anderen Stand",
  agentDiffers: "{name}: in beiden, mit verschiedenen Angaben",
  order: "Die Reihenfolge der Ansprechpartner",
  takeTheirs: "Den anderen Stand nehmen",
  takeTheirsHint: "Ihre Änderungen gehen verloren.",
  keepMine: "Mit meinem überschreiben",
  keepMineHint:
    "Die anderen Änderungen gehen verloren, auch auf den Webseiten.",
  later: "Später entscheiden",
};

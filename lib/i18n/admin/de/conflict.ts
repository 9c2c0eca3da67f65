import type { AdminTexts } from "../texts.ts";

export const conflict: AdminTexts["conflict"] = {
  title: "„{name}“ wurde von jemand anderem gespeichert",
  lead:
    "Es wurde am {time} gespeichert, nachdem Sie es geöffnet hatten. Noch ist nichts verloren. Wählen Sie, welche Version Sie behalten möchten.",
  leadBy:
    "{author} hat es am {time} gespeichert, nachdem Sie es geöffnet hatten. Noch ist nichts verloren. Wählen Sie, welche Version Sie behalten möchten.",
  leadPerson:
    "Dieses Konto wurde von jemand anderem gespeichert, nachdem Sie es geöffnet hatten. Noch ist nichts verloren. Wählen Sie, welche Version Sie behalten möchten.",
  differences: "Unterschiede",
  same:
    "Beide Versionen sind gleich. Sie können die andere übernehmen, ohne etwas zu verlieren.",
  what: "Feld",
  mine: "Ihre Version",
  theirs: "Andere Version",
  empty: "leer",
  agentOnlyMine: "{name}: nur in Ihrer Version",
  agentOnlyTheirs: "{name}: nur in der anderen Version",
  agentDiffers: "{name}: in beiden, mit verschiedenen Angaben",
  hours: "Öffnungszeiten: mit verschiedenen Angaben",
  order: "Reihenfolge der Ansprechpartner",
  takeTheirs: "Andere Version übernehmen",
  takeTheirsHint: "Ihre Änderungen gehen verloren.",
  keepMine: "Mit meiner Version überschreiben",
  keepMineHint: "Die anderen Änderungen gehen verloren, auch auf den Websites.",
  later: "Später entscheiden",
};

import type { AdminTexts } from "../texts.ts";

export const history: AdminTexts["history"] = {
  button: "Frühere Versionen von {name}",
  title: "Frühere Versionen von „{name}“",
  lead: "Wählen Sie eine Version, um sie mit dem Editor zu vergleichen.",
  versions: "Versionen, die neueste zuerst",
  by: "von {author}",
  newest: "neueste",
  loading: "Wird geladen …",
  what: "Feld",
  now: "Im Editor",
  then: "In dieser Version",
  differences: "Unterschiede",
  same: "Diese Version stimmt mit dem Editor überein.",
  onlyNow: "{name}: seitdem hinzugefügt",
  onlyThen: "{name}: seitdem entfernt",
  differs: "{name}: mit anderen Angaben",
  hours: "Öffnungszeiten: mit verschiedenen Angaben",
  order: "Reihenfolge der Ansprechpartner",
  take: "Im Editor öffnen",
  takeHint: "Änderungen gelten erst, wenn Sie speichern.",
  takenToast:
    "Die Version von {time} ist im Editor. Speichern Sie, um sie zu veröffentlichen.",
};

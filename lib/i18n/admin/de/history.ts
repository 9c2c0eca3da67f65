import type { AdminTexts } from "../texts.ts";

export const history: AdminTexts["history"] = {
  button: "Frühere Stände von {name}",
  title: "Frühere Stände von „{name}“",
  lead: "Wählen Sie einen Stand, um zu sehen, was damals anders war.",
  versions: "Stände, der neueste zuerst",
  by: "von {author}",
  newest: "der neueste",
  loading: "Wird geladen …",
  what: "Was",
  now: "Jetzt im Editor",
  then: "Damals",
  differences: "Was anders war",
  same: "Nichts ist anders als jetzt im Editor.",
  onlyNow: "{name}: nur jetzt",
  onlyThen: "{name}: nur damals",
  differs: "{name}: damals mit anderen Angaben",
  order: "Die Reihenfolge der Ansprechpartner",
  take: "In den Editor übernehmen",
  takeHint: "Nichts davon gilt, bevor Sie speichern.",
  takenToast:
    "Der Stand von {time} ist im Editor. Speichern Sie, damit er gilt.",
};

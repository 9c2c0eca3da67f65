import type { DeskTexts } from "./texts.ts";

export const replies: DeskTexts["replies"] = {
  button: "Textbausteine",
  list: "Textbausteine",
  found: { one: "{count} Textbaustein", other: "{count} Textbausteine" },
  loading: "Wird geladen …",
  failed:
    "Die Textbausteine konnten nicht geladen werden. Sie können weiterschreiben und Ihre Nachricht senden.",
  none: "Es gibt noch keine Textbausteine.",
  noMatch: "Kein Textbaustein passt.",
  more: "Tippen Sie weiter, um mehr zu finden.",
  manage: "Textbausteine verwalten",
  personal: "Persönlich",
};

// A PBX client shows only messages, so an agent there learns from one that the
// chat is about to end. It is in the language of the visitor's widget, or in
// English.
const NOTICES: Readonly<Record<string, string>> = {
  en:
    "Nobody is writing. This chat will close in {time}. Any message keeps it open.",
  de:
    "Niemand schreibt. Dieser Chat wird in {time} beendet. Jede Nachricht hält ihn offen.",
};

/** Returns the notice that a chat ends in `leftMs`. */
export function idleNotice(lang: string, leftMs: number): string {
  const language = lang.startsWith("de") ? "de" : "en";
  const time = Math.max(1, Math.round(leftMs / 60_000))
    .toLocaleString(language, {
      style: "unit",
      unit: "minute",
      unitDisplay: "long",
    });
  return NOTICES[language]?.replace("{time}", time) ?? "";
}

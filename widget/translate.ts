import type { WidgetTexts } from "@/lib/i18n/widget/texts.ts";

/** Returns a text of the widget by its key, with `{name}`s filled in; or the one
 * that opening.ts added for a time. */
export type Translate = (
  key: keyof WidgetTexts | number,
  values?: Readonly<Record<string, string>>,
) => string;

/** Translates with the texts of the Session. A missing text is empty. */
export function translator(
  strings: Readonly<Record<string, string>>,
): Translate {
  return (key, values = {}) =>
    (strings[key] ?? "").replace(
      /\{(\w+)\}/g,
      (slot, name: string) => values[name] ?? slot,
    );
}

/** Direction in which a language of the widget is written. */
export function direction(lang: string): "ltr" | "rtl" {
  return /^(ar|fa|he|ur)\b/.test(lang) ? "rtl" : "ltr";
}

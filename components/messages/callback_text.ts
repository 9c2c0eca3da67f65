import { fill } from "@/lib/i18n/fill.ts";
import type { Callback } from "@/lib/model/callback.ts";
import { momentText } from "../contacts/contact_words.ts";

/** Says when a visitor wants to be called, in the reader's language. */
export function callbackText(
  { from, to }: Callback,
  { texts, lang, zone: timeZone }: {
    texts: { callbackSoon: string };
    lang: string;
    zone: string;
  },
): string {
  if (to === undefined) {
    const time = momentText(from, { lang, zone: timeZone });
    return fill(texts.callbackSoon, { time });
  }
  const style = { dateStyle: "medium", timeStyle: "short" } as const;
  return new Intl.DateTimeFormat(lang, { ...style, timeZone })
    .formatRange(from, to);
}

import { deepEqual, equal } from "node:assert/strict";
import { WIDGET_LANGUAGES } from "@/lib/i18n/widget/languages.ts";
import { openingText } from "./opening.ts";
import { translator } from "./translate.ts";

/** The local time zone of the test, whatever it is. */
const NOW = new Date(2030, 0, 7, 12).getTime();

function textAt(lang: string, ...at: [number, number, number, number?]) {
  const strings = { ...WIDGET_LANGUAGES[lang] };
  const time = new Date(at[0], at[1], at[2], at[3] ?? 9).getTime();
  const text = translator(strings);
  return openingText(time, NOW, { text, lang }).replace(/\s/g, " ");
}

Deno.test("openingText() names today, tomorrow, a weekday, or a date", () => {
  deepEqual([
    textAt("en", 2030, 0, 7, 15),
    textAt("en", 2030, 0, 8),
    textAt("en", 2030, 0, 10),
    textAt("en", 2030, 0, 13, 11),
    textAt("en", 2030, 0, 14),
  ], [
    "Back at 3:00 PM",
    "Back tomorrow at 9:00 AM",
    "Back on Thursday at 9:00 AM",
    "Back on Sunday at 11:00 AM",
    "Back on January 14 at 9:00 AM",
  ]);
  equal(textAt("de", 2030, 0, 8), "Morgen ab 9:00 Uhr wieder da");
  equal(textAt("de", 2030, 0, 10), "Ab Donnerstag, 9:00 Uhr wieder da");
});

Deno.test("openingText() is complete in every language", () => {
  for (const lang of Object.keys(WIDGET_LANGUAGES)) {
    const texts = [
      textAt(lang, 2030, 0, 7, 15),
      textAt(lang, 2030, 0, 8),
      textAt(lang, 2030, 0, 10),
      textAt(lang, 2030, 1, 2),
    ];
    for (const text of texts) {
      equal(/[{}]|undefined|Invalid/.test(text), false, `${lang}: ${text}`);
    }
    equal(new Set(texts).size, 4, texts.join());
  }
});

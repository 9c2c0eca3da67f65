import { equal } from "node:assert/strict";
import { ADMIN_LANGUAGES } from "@/lib/i18n/admin/languages.ts";
import { dateText, dayName, stateText } from "./words.ts";

const EN = { lang: "en-GB", texts: ADMIN_LANGUAGES.en };
const DE = { lang: "de", texts: ADMIN_LANGUAGES.de };
const NOW = Date.UTC(2030, 0, 7, 12);
const HOUR_MS = 3_600_000;

Deno.test("stateText() states the next change in the time zone of the hours", () => {
  const inNewYork = { timeZone: "America/New_York", now: NOW };
  const open = { open: true, changesAt: NOW + 10 * HOUR_MS };

  equal(stateText(open, inNewYork, EN), "Open now, until 17:00");
  equal(stateText(open, inNewYork, DE), "Jetzt geöffnet, bis 17:00");
  // In Tokyo, it is already tomorrow then.
  equal(
    stateText(
      { open: false, changesAt: NOW + 12 * HOUR_MS },
      { timeZone: "Asia/Tokyo", now: NOW },
      EN,
    ).includes("Tuesday"),
    true,
  );
  equal(stateText({ open: true }, inNewYork, EN), "Always open");
  equal(stateText({ open: false }, inNewYork, EN), "Never open");
});

Deno.test("dayName() and dateText() are in the reader's language", () => {
  equal(dayName(0, "de"), "Montag");
  equal(dayName(6, "en"), "Sunday");
  equal(dateText("2030-12-24", "en-GB"), "24 December 2030");
  equal(dateText("2030-12-24", "de", true), "24. Dezember");
});

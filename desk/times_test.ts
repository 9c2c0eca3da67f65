import { deepEqual, equal, match } from "node:assert/strict";
import { duration, languageName, timeOfDay } from "./times.ts";

Deno.test("a duration has minutes and seconds, and hours if there are any", () => {
  const texts = [
    -5,
    999,
    59_999,
    60_000,
    245_000,
    3_599_000,
    3_600_000,
    3_753_000,
    36_000_000,
  ].map(duration);

  deepEqual(texts, [
    ...["0:00", "0:00", "0:59", "1:00", "4:05", "59:59"],
    ...["1:00:00", "1:02:33", "10:00:00"],
  ]);
});

Deno.test("a time on another day includes the weekday", () => {
  const noon = new Date(2026, 10, 25, 12, 5).getTime(); // A Wednesday.
  const hour = 3_600_000;

  equal(timeOfDay(noon, noon + 11 * hour, "de"), "12:05");
  match(timeOfDay(noon, noon + 13 * hour, "de"), /^Mi\W+12:05$/);
});

Deno.test("a language is named in the reader's language, and an unknown tag is shown unchanged", () => {
  deepEqual([
    languageName("de", "en"),
    languageName("de", "de"),
    languageName("not a tag", "en"),
  ], ["German", "Deutsch", "not a tag"]);
});

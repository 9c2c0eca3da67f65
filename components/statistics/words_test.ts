import { deepEqual, equal } from "node:assert/strict";
import { someFigures } from "@/tests/support/figures.ts";
import { de } from "@/lib/i18n/admin/de.ts";
import { en } from "@/lib/i18n/admin/en.ts";
import { keyFigures } from "./key_figures.ts";
import { Words } from "./words.ts";

Deno.test("durations have readable units", () => {
  const words = new Words("en");

  const texts = [null, 0, 420, 4_840, 9_960, 59_400, 60_000, 95_000, 3_599_600]
    .concat([12_300_000, 35_970_000, 1_267_200_000])
    .map((ms) => words.duration(ms));

  deepEqual(texts, [
    ...["–", "0 sec", "0.4 sec", "4.8 sec", "10 sec", "59 sec", "1 min"],
    ...["1 min 35 sec", "1 hr", "3 hr 25 min", "10 hr", "352 hr"],
  ]);
});

Deno.test("data points are labelled by their step in local time", () => {
  const [english, german] = [new Words("en"), new Words("de")];

  equal(english.tick("2026-11-22T09:00", "hour"), "9:00 AM");
  equal(german.tick("2026-11-22T09:00", "hour"), "9:00");
  equal(german.tick("2026-11-22T00:00", "day"), "22. Nov.");
  equal(english.point("2026-11-01T00:00", "month"), "November 2026");
  equal(german.point("2026-11-22T00:00", "day"), "Sonntag, 22. November 2026");
  equal(english.weekday(0, "long"), "Monday");
});

Deno.test("key figures explain what they mean and whether that is good", () => {
  const before = someFigures({
    chats: 8,
    chatsAnswered: 6,
    waitMedianMs: 10_000,
    messages: 2,
  });
  const now = someFigures({
    shown: 200,
    opened: 50,
    chats: 10,
    chatsAnswered: 9,
    waitMedianMs: 12_000,
    waitP90Ms: 30_000,
    messages: 3,
    callbacks: 4,
    callbacksTaken: 3,
    callbacksMissed: 1,
    queued: 5,
    queueLeft: 2,
    queueMedianMs: 52_500,
    queueLongestMs: 900_000,
  });
  const told = { words: new Words("en"), texts: en.statistics };

  const figures = keyFigures(now, before, told);

  deepEqual(
    figures.map(({ name, value, note, change }) => [
      name,
      value,
      note,
      change && `${change.way} ${change.by} ${change.is}`,
    ]),
    [
      ["shown", "200", "", undefined],
      ["opened", "50", "25% of those shown", undefined],
      ["chats", "10", "", "up 25% neutral"],
      ["calls", "0", "", undefined],
      ["answered", "90%", "9 of 10", "up 15 pts good"],
      ["missed", "1", "", "down 50% good"],
      ["messages", "3", "", "up 50% neutral"],
      ["callbacks", "4", "3 taken, 1 missed", undefined],
      ["queue", "53 sec", "median; longest 15 min, 2 left", undefined],
      ["wait", "12 sec", "median; 90 % within 30 sec", "up 20% bad"],
      ["talk", "0 sec", "", undefined],
    ],
  );
});

Deno.test("without a previous period there is no comparison, and a large increase is a factor", () => {
  const chats = { chats: 5, chatsAnswered: 5 };
  const now = someFigures({ shown: 1_300, opened: 1_001, ...chats });
  const before = someFigures({ shown: 100, opened: 1_000, ...chats });
  const told = { words: new Words("de"), texts: de.statistics };

  const first = keyFigures(now, null, told);
  const later = keyFigures(now, before, told);

  deepEqual(first.flatMap(({ change }) => change ?? []), []);
  deepEqual(later.flatMap(({ change }) => change?.by ?? []), [
    "× 13",
    "=",
    "=",
    "=",
  ]);
});

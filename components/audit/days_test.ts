import { deepEqual, equal } from "node:assert/strict";
import type { AuditEntry } from "@/lib/model/audit.ts";
import { daysOf, timeText, zoneText } from "./days.ts";

const NOW = Date.parse("2026-03-29T22:30:00Z");
const BERLIN = { lang: "de", zone: "Europe/Berlin", now: NOW };

Deno.test("changes are grouped by day in the reader's time zone", () => {
  const entries = [
    "2026-03-29T22:10:00Z", // In Berlin it is the 30th already,
    "2026-03-29T21:50:00Z", // and the 29th has 23 hours.
    "2026-03-28T23:00:00Z",
    "2026-03-28T22:59:00Z",
    "2025-12-31T12:00:00Z",
  ].map(entry);

  const days = daysOf(entries, BERLIN);

  deepEqual(
    days.map(({ id, relative, entries }) => [id, relative, entries.length]),
    [
      ["2026-03-30", "Heute", 1],
      ["2026-03-29", "Gestern", 2],
      ["2026-03-28", undefined, 1],
      ["2025-12-31", undefined, 1],
    ],
  );
  equal(days.at(-1)?.date, "Mittwoch, 31. Dezember 2025");
});

Deno.test("times are in the reader's time zone, which is named", () => {
  const utc = { lang: "en", zone: "UTC", now: NOW };

  equal(timeText(NOW, BERLIN), "00:30");
  equal(timeText(NOW, utc).replace(/\s/, " "), "10:30 PM");
  equal(zoneText(BERLIN), "Mitteleuropäische Zeit");
  equal(zoneText(utc), "UTC");
});

function entry(time: string): AuditEntry {
  const change = {
    type: "widget-created",
    uuid: "0".repeat(32),
    name: "",
  } as const;
  const by = { id: "1", name: "ada" };
  return { id: time, at: Date.parse(time), by, change };
}

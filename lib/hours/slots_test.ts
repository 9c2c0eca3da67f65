import { deepEqual, equal } from "node:assert/strict";
import {
  everyDay,
  someException,
  someHours,
} from "@/tests/support/opening_hours.ts";
import { SLOTS_MAX, slotsAfter, soonestAt } from "./slots.ts";

const MINUTE_MS = 60_000;
const at = (text: string) => Temporal.Instant.from(text).epochMilliseconds;
const textOf = (time: number) => new Date(time).toISOString().slice(0, 16);

Deno.test("[HOURS7] slots fill each opening time from its beginning, and only those ahead are offered", () => {
  const hours = someHours({
    timeZone: "Europe/Berlin",
    days: [1, 2],
    times: ["13:00-14:45", "09:00-10:30"],
  });

  const slots = slotsAfter(hours, at("2030-01-07T08:00:00Z"), 30 * MINUTE_MS);

  deepEqual(slots.slice(0, 6).map(textOf), [
    "2030-01-07T08:30", // 09:30 in Berlin: 09:00 has begun.
    "2030-01-07T09:00",
    "2030-01-07T12:00",
    "2030-01-07T12:30",
    "2030-01-07T13:00",
    "2030-01-08T08:00",
  ]);
  // Today and the next seven days: Monday, Tuesday, and Monday again.
  equal(textOf(slots.at(-1) ?? 0), "2030-01-14T13:00");
});

Deno.test("[HOURS7] slots follow exceptions, nights, clock changes and overlaps", () => {
  const night = someHours({ days: [1], times: ["22:00-02:00"] });
  const holiday = {
    ...everyDay("UTC", "09:00-11:00"),
    exceptions: [someException("2030-01-08")],
  };
  const overlapping = someHours({ days: [1], times: ["20:00-04:00"] });
  overlapping.week[1] = [{ from: "03:30", to: "06:00" }];
  const spring = everyDay("Europe/Berlin", "01:00-04:00");
  const table = [
    [night, "2030-01-07T23:30:00Z", ["2030-01-08T00:00", "2030-01-08T01:00"]],
    [holiday, "2030-01-07T09:30:00Z", ["2030-01-07T10:00", "2030-01-09T09:00"]],
    [overlapping, "2030-01-08T02:30:00Z", [
      "2030-01-08T03:00",
      "2030-01-08T04:30",
    ]],
    // At 02:00 it is 03:00, so there are two hours.
    [spring, "2030-03-30T23:30:00Z", [
      "2030-03-31T00:00",
      "2030-03-31T01:00",
      "2030-03-31T23:00",
    ]],
  ] as const;

  for (const [hours, now, expected] of table) {
    const slots = slotsAfter(hours, at(now), 60 * MINUTE_MS);
    deepEqual(slots.slice(0, expected.length).map(textOf), expected);
  }
});

Deno.test("[HOURS7] no more than 200 slots are offered, and none that does not fit", () => {
  const always = everyDay("UTC", "00:00-00:00");
  const short = everyDay("UTC", "09:00-09:45");
  const now = at("2030-01-07T08:00:00Z");

  equal(slotsAfter(always, now, 15 * MINUTE_MS).length, SLOTS_MAX);
  deepEqual(slotsAfter(short, now, 60 * MINUTE_MS), []);
  deepEqual(slotsAfter(everyDay("UTC"), now, 15 * MINUTE_MS), []);
});

Deno.test("[HOURS8] as soon as possible is now, or the next opening time if the current one ends", () => {
  const hours = everyDay("UTC", "09:00-18:00");
  const table = [
    ["2030-01-07T12:00:00Z", "2030-01-07T12:00"],
    ["2030-01-07T17:50:00Z", "2030-01-07T17:50"],
    ["2030-01-07T17:59:00Z", "2030-01-08T09:00"],
    ["2030-01-07T19:00:00Z", "2030-01-08T09:00"],
  ] as const;

  for (const [now, expected] of table) {
    equal(textOf(soonestAt(hours, at(now)) ?? 0), expected, now);
    equal(textOf(soonestAt(undefined, at(now)) ?? 0), now.slice(0, 16));
  }
  const always = everyDay("UTC", "00:00-00:00");
  equal(soonestAt(always, 5), 5);
  equal(soonestAt(everyDay("UTC"), 5), undefined); // It never opens.
});

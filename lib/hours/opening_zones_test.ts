import { equal } from "node:assert/strict";
import type { OpeningHours } from "@/lib/model/hours.ts";
import { everyDay, look, someHours } from "@/tests/support/opening_hours.ts";

Deno.test("[HOURS4] stateAt() is right in all kinds of time zones, over both clock changes", () => {
  const table: [OpeningHours, string, string][] = [
    // Spring in Berlin: 02:00 becomes 03:00 on 31 March 2030.
    [
      everyDay("Europe/Berlin", "09:00-17:00"),
      "2030-03-30T16:00:00Z",
      "closed, 2030-03-31T09:00+02:00",
    ],
    [
      everyDay("Europe/Berlin", "09:00-17:00"),
      "2030-03-31T07:00:00Z",
      "open, 2030-03-31T17:00+02:00",
    ],
    [
      everyDay("Europe/Berlin", "22:00-02:30"), // There is no 02:30.
      "2030-03-31T00:59:00Z",
      "open, 2030-03-31T03:30+02:00",
    ],
    [
      everyDay("Europe/Berlin", "02:30-03:00"), // It would begin at 03:30.
      "2030-03-30T23:00:00Z",
      "closed, 2030-04-01T02:30+02:00",
    ],
    // Autumn in Berlin: 03:00 becomes 02:00 on 27 October 2030.
    [
      everyDay("Europe/Berlin", "22:00-02:30"), // There are two.
      "2030-10-26T23:59:00Z",
      "open, 2030-10-27T02:30+02:00",
    ],
    [
      everyDay("Europe/Berlin", "22:00-02:30"),
      "2030-10-27T01:15:00Z", // The second 02:15.
      "closed, 2030-10-27T22:00+01:00",
    ],
    [
      everyDay("Europe/Berlin", "00:00-08:00"), // Nine hours.
      "2030-10-26T22:00:00Z",
      "open, 2030-10-27T08:00+01:00",
    ],
    // Half an hour, in spring in the southern hemisphere: 02:00 becomes 02:30.
    [
      everyDay("Australia/Lord_Howe", "02:15-09:00"),
      "2030-10-05T15:00:00Z",
      "closed, 2030-10-06T02:45+11:00",
    ],
    // Midnight is skipped: 00:00 becomes 01:00 on 26 April 2030.
    [
      everyDay("Africa/Cairo", "00:00-06:00"),
      "2030-04-25T21:59:00Z",
      "closed, 2030-04-26T01:00+03:00",
    ],
    // Zones with half and three quarters of an hour.
    [
      everyDay("Asia/Kolkata", "09:00-17:00"),
      "2030-01-07T03:29:00Z",
      "closed, 2030-01-07T09:00+05:30",
    ],
    [
      everyDay("Asia/Kathmandu", "09:00-17:00"),
      "2030-01-07T03:15:00Z",
      "open, 2030-01-07T17:00+05:45",
    ],
    [
      everyDay("Pacific/Chatham", "09:00-17:00"),
      "2030-01-06T19:15:00Z",
      "open, 2030-01-07T17:00+13:45",
    ],
    // East of the date line it is already Monday.
    [
      someHours({
        timeZone: "Pacific/Kiritimati",
        days: [1],
        times: ["09:00-17:00"],
      }),
      "2030-01-06T19:00:00Z",
      "open, 2030-01-07T17:00+14:00",
    ],
    [
      someHours({
        timeZone: "Pacific/Pago_Pago",
        days: [7],
        times: ["09:00-17:00"],
      }),
      "2030-01-07T01:00:00Z",
      "open, 2030-01-06T17:00-11:00",
    ],
    // Samoa skipped Friday, 30 December 2011.
    [
      someHours({
        timeZone: "Pacific/Apia",
        days: [4, 5, 6],
        times: ["09:00-17:00", "20:00-01:00"],
      }),
      "2011-12-30T08:00:00Z",
      "open, 2011-12-31T00:00+14:00",
    ],
    [
      someHours({
        timeZone: "Pacific/Apia",
        days: [5],
        times: ["09:00-17:00"],
      }),
      "2011-12-30T08:00:00Z",
      "closed, 2012-01-06T09:00+14:00",
    ],
  ];

  for (const [hours, at, expected] of table) {
    equal(look(hours, at), expected, `${hours.timeZone} ${at}`);
  }
});

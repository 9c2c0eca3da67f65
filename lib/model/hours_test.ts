import { deepEqual, equal } from "node:assert/strict";
import * as v from "valibot";
import { someHours } from "@/tests/support/opening_hours.ts";
import { anAgent, contentWith } from "@/tests/support/any_widget.ts";
import {
  ALL_EXCEPTIONS_MAX,
  EXCEPTIONS_MAX,
  type HoursException,
  INTERVALS_MAX,
  OpeningHours,
} from "./hours.ts";
import { WidgetContent } from "./widget.ts";

const HOURS = someHours({ days: [1], times: ["09:00-17:00"] });

function exception(more: Partial<HoursException>): HoursException {
  return {
    name: "",
    from: "2030-12-24",
    to: "2030-12-24",
    yearly: false,
    intervals: [],
    ...more,
  };
}

/** The path and the text of the first error. */
function problem(hours: unknown): string | undefined {
  const [issue] = v.safeParse(OpeningHours, hours).issues ?? [];
  return issue && `${v.getDotPath(issue)} ${issue.message}`;
}

Deno.test("OpeningHours names the field of each error, and what is allowed", () => {
  const week = (...times: string[]) => someHours({ days: [2], times });
  const with_ = (more: Partial<HoursException>) => ({
    ...HOURS,
    exceptions: [exception({}), exception(more)],
  });
  const overlap = "must not overlap";
  const table: [unknown, string | undefined][] = [
    [HOURS, undefined],
    [week("00:00-00:00"), undefined],
    [week("09:00-12:00", "12:00-14:00", "22:00-06:00"), undefined],
    [week("22:00-06:00", "09:00-12:00"), undefined],
    [week("9:00-12:00"), "week.1.0.from must be a time such as 09:00"],
    [week("09:00-24:00"), "week.1.0.to must be a time such as 09:00"],
    [
      week("09:00-09:00"),
      "week.1.0.to must end at another time than it begins",
    ],
    [week("09:00-12:00", "11:00-13:00"), `week.1 ${overlap}`],
    [week("22:00-06:00", "23:00-23:30"), `week.1 ${overlap}`],
    [
      week(
        ...Array.from(
          { length: INTERVALS_MAX + 1 },
          (_, n) => `0${n}:00-0${n}:30`,
        ),
      ),
      `week.1 must be at most ${INTERVALS_MAX} times`,
    ],
    [{ ...HOURS, week: HOURS.week.slice(1) }, "week must have 7 days"],
    [{ ...HOURS, timeZone: "+01:00" }, "timeZone must be a time zone"],
    [{ ...HOURS, timeZone: "" }, "timeZone must be a time zone"],
    [
      with_({ from: "2030-02-30" }),
      "exceptions.1.from must be a date such as 2030-12-24",
    ],
    [
      with_({ to: "2030-12-23" }),
      "exceptions.1.to must not be earlier than the first day",
    ],
    [with_({ to: "2030-01-02", yearly: true }), undefined],
    [
      with_({ name: "a".repeat(61) }),
      "exceptions.1.name must have at most 60 characters",
    ],
    [
      {
        ...HOURS,
        exceptions: Array.from(
          { length: EXCEPTIONS_MAX + 1 },
          () => exception({}),
        ),
      },
      `exceptions must be at most ${EXCEPTIONS_MAX} exceptions`,
    ],
  ];

  for (const [hours, expected] of table) {
    equal(problem(hours), expected, JSON.stringify(hours).slice(0, 200));
  }
});

Deno.test("WidgetContent limits the exceptions of all agents together", () => {
  const hours = {
    ...HOURS,
    exceptions: Array.from({ length: EXCEPTIONS_MAX }, () => exception({})),
  };
  const agents = [1, 2, 3].map((n) => anAgent(`a${n}`, { hours }));

  const result = v.safeParse(WidgetContent, contentWith(agents));

  deepEqual(result.issues?.map((issue) => issue.message), [
    `must have at most ${ALL_EXCEPTIONS_MAX} exceptions of opening hours`,
  ]);
});

import { deepEqual, equal, throws } from "node:assert/strict";
import type { HoursException, OpeningTime } from "@/lib/model/hours.ts";
import { anAgent, contentWith } from "@/tests/support/any_widget.ts";
import { everyDay, look, someHours } from "@/tests/support/opening_hours.ts";
import { HORIZON_DAYS, hoursOf, hoursProblem, stateAt } from "./opening.ts";

function exception(
  from: string,
  to: string,
  more: Partial<HoursException> = {},
): HoursException {
  return { name: "", from, to, yearly: false, intervals: [], ...more };
}

const MORNING: OpeningTime[] = [{ from: "09:00", to: "12:00" }];

Deno.test("[HOURS1][HOURS5] stateAt() follows weekly opening times", () => {
  const hours = someHours({
    timeZone: "Europe/Berlin",
    days: [1, 2, 3, 4, 5],
    times: ["13:00-17:30", "08:00-12:00"], // The order does not matter.
  });
  const table: [string, string][] = [
    // A Monday.
    ["2030-01-07T06:59:59.999Z", "closed, 2030-01-07T08:00+01:00"],
    ["2030-01-07T07:00:00Z", "open, 2030-01-07T12:00+01:00"],
    ["2030-01-07T10:59:59.999Z", "open, 2030-01-07T12:00+01:00"],
    ["2030-01-07T11:00:00Z", "closed, 2030-01-07T13:00+01:00"],
    ["2030-01-07T12:00:00Z", "open, 2030-01-07T17:30+01:00"],
    ["2030-01-07T16:30:00Z", "closed, 2030-01-08T08:00+01:00"],
    // The weekend.
    ["2030-01-11T16:30:00Z", "closed, 2030-01-14T08:00+01:00"],
    ["2030-01-13T12:00:00Z", "closed, 2030-01-14T08:00+01:00"],
  ];

  for (const [at, expected] of table) equal(look(hours, at), expected, at);
});

Deno.test("[HOURS1] an opening time past midnight belongs to the day on which it begins", () => {
  const hours = someHours({
    timeZone: "America/New_York",
    days: [5],
    times: ["20:00-04:00"],
  });

  equal(look(hours, "2030-01-12T05:00:00Z"), "open, 2030-01-12T04:00-05:00");
  equal(look(hours, "2030-01-12T09:00:00Z"), "closed, 2030-01-18T20:00-05:00");
  equal(look(hours, "2030-01-11T08:00:00Z"), "closed, 2030-01-11T20:00-05:00");
});

Deno.test("[HOURS2] stateAt() reports no change between opening times that touch or overlap", () => {
  const touching = everyDay("UTC", "08:00-12:00", "12:00-18:00");
  const overnight = everyDay("UTC", "06:00-00:00", "00:00-02:00");
  const overlapping = someHours({
    timeZone: "UTC",
    days: [1],
    times: ["20:00-06:00"],
  });
  overlapping.week[1] = [{ from: "05:00", to: "09:00" }];

  equal(look(touching, "2030-01-07T08:00:00Z"), "open, 2030-01-07T18:00+00:00");
  equal(
    look(overnight, "2030-01-07T23:00:00Z"),
    "open, 2030-01-08T02:00+00:00",
  );
  equal(
    look(overlapping, "2030-01-07T21:00:00Z"),
    "open, 2030-01-08T09:00+00:00",
  );
});

Deno.test("[HOURS5] hours that are always or never open do not change", () => {
  const always = everyDay("Europe/Berlin", "00:00-00:00");
  const never = everyDay("Europe/Berlin");
  const noon = everyDay("Europe/Berlin", "12:00-13:00");
  const longHoliday = {
    ...noon,
    exceptions: [exception("2030-01-01", "2032-01-01")],
  };

  for (const at of ["2030-01-07T12:00:00Z", "2030-03-31T01:00:00Z"]) {
    equal(look(always, at), "open, never");
    equal(look(never, at), "closed, never");
    equal(look(longHoliday, at), "closed, never");
  }
  equal(
    look(
      { ...always, exceptions: [exception("2030-05-01", "2030-05-01")] },
      "2030-01-07T12:00:00Z",
    ),
    "open, 2030-05-01T00:00+02:00",
  );
});

Deno.test("[HOURS5] the next change is looked for within 400 days", () => {
  const noon = everyDay("UTC", "12:00-13:00");
  const closedFor = (days: number) => ({
    ...noon,
    exceptions: [exception(
      "2030-01-01",
      Temporal.PlainDate.from("2030-01-07").add({ days }).toString(),
    )],
  });
  const at = "2030-01-07T00:00:00Z";

  equal(look(closedFor(399), at), "closed, 2031-02-11T12:00+00:00");
  equal(look(closedFor(400), at), "closed, never");
});

Deno.test("[HOURS3] an exception replaces the opening times of its days", () => {
  const hours = everyDay("UTC", "08:00-18:00", "22:00-02:00");
  const table: [HoursException[], string, string][] = [
    [
      [exception("2030-12-24", "2030-12-26")],
      "2030-12-24T01:00:00Z", // The night before still ends.
      "open, 2030-12-24T02:00+00:00",
    ],
    [
      [exception("2030-12-24", "2030-12-26")],
      "2030-12-24T02:00:00Z",
      "closed, 2030-12-27T08:00+00:00",
    ],
    [
      [exception("2030-12-24", "2030-12-24", { intervals: MORNING })],
      "2030-12-24T08:30:00Z",
      "closed, 2030-12-24T09:00+00:00",
    ],
    // Yearly, also beyond the end of the year.
    [
      [exception("2020-12-25", "2020-12-25", { yearly: true })],
      "2033-12-25T10:00:00Z",
      "closed, 2033-12-26T08:00+00:00",
    ],
    [
      [exception("2020-12-30", "2021-01-02", { yearly: true })],
      "2033-12-31T10:00:00Z",
      "closed, 2034-01-03T08:00+00:00",
    ],
    [
      [exception("2028-02-29", "2028-02-29", { yearly: true })],
      "2030-03-01T10:00:00Z",
      "open, 2030-03-01T18:00+00:00",
    ],
    // The one with a year takes precedence, then the first one.
    [
      [
        exception("2030-12-24", "2030-12-24", { yearly: true }),
        exception("2030-12-24", "2030-12-24", { intervals: MORNING }),
        exception("2030-12-23", "2030-12-25"),
      ],
      "2030-12-24T10:00:00Z",
      "open, 2030-12-24T12:00+00:00",
    ],
  ];

  for (const [exceptions, at, expected] of table) {
    equal(look({ ...hours, exceptions }, at), expected, at);
  }
});

Deno.test("[HOURS6] hoursOf() prefers the agent's own hours, and adds the exceptions of the widget", () => {
  const own = everyDay("Asia/Tokyo", "10:00-16:00");
  const ofWidget = everyDay("Europe/Berlin", "09:00-17:00");
  const mine = exception("2030-08-01", "2030-08-14", { name: "Holidays" });
  const ours = exception("2030-12-25", "2030-12-25", { name: "Christmas" });
  own.exceptions = [mine];
  ofWidget.exceptions = [ours];

  deepEqual(hoursOf({ hours: ofWidget }, {}), ofWidget);
  deepEqual(hoursOf({}, { hours: own }), own);
  equal(hoursOf({}, {}), undefined);
  deepEqual(hoursOf({ hours: ofWidget }, { hours: own }), {
    ...own,
    exceptions: [mine, ours],
  });
});

Deno.test("[HOURS5] the date of a day is formatted once for all exceptions", () => {
  const exceptions = Array.from(
    { length: 400 },
    (_, n) => exception("2020-01-01", "2020-01-01", { yearly: n % 2 === 0 }),
  );
  const week = someHours({ timeZone: "Europe/Berlin", days: [], times: [] });
  const { prototype } = Temporal.PlainDate;
  const { toString } = prototype;
  let formatted = 0;
  prototype.toString = new Proxy(toString, {
    apply(target, self, options) {
      formatted++;
      return Reflect.apply(target, self, options);
    },
  });
  try {
    const state = stateAt({ ...week, exceptions }, Date.UTC(2030, 0, 2));

    deepEqual(state, { isOpen: false });
    equal(formatted <= HORIZON_DAYS + 10, true, `${formatted} times`);
  } finally {
    prototype.toString = toString;
  }
});

Deno.test("hoursProblem() names the field of a time zone that does not exist", () => {
  const good = everyDay("Europe/Berlin", "09:00-17:00");
  const wrong = { ...good, timeZone: "Europe/Berlim" };
  const content = contentWith([anAgent("a"), anAgent("b", { hours: wrong })]);

  deepEqual(hoursProblem(content), {
    field: "agents.1.hours.timeZone",
    text: "must be a time zone",
  });
  equal(hoursProblem({ ...content, hours: wrong })?.field, "hours.timeZone");
  equal(hoursProblem(contentWith([anAgent("a", { hours: good })])), undefined);
  throws(() => stateAt(wrong, 0), RangeError);
});

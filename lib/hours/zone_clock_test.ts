import { deepEqual, equal, ok } from "node:assert/strict";
import { property } from "@/tests/support/chance.ts";
import { everyDay } from "@/tests/support/opening_hours.ts";
import { stateAt } from "./opening.ts";
import { ZoneClock } from "./zone_clock.ts";

const ZONES = Intl.supportedValuesOf("timeZone");

Deno.test("[HOURS4] a ZoneClock returns what Temporal does, on 400 days in a row of any zone and year", () => {
  property(150, ({ pick, below }) => {
    const timeZone = pick(["UTC", ...ZONES]);
    const first = Temporal.PlainDate.from({
      ...{ year: 1995 + below(50), month: 1 + below(12), day: 1 + below(28) },
    });
    const minutes = below(1_440);
    const time = new Date(minutes * 60_000).toISOString().slice(11, 16);
    const clock = new ZoneClock(timeZone);
    for (let day = 0; day < 400; day++) {
      const date = first.add({ days: day });
      const start = date.toZonedDateTime(timeZone);
      const isSkipped = !start.toPlainDate().equals(date);
      const at = isSkipped || minutes === 0
        ? start
        : date.toZonedDateTime({ timeZone, plainTime: time });

      deepEqual(
        [timeZone, clock.instantOf(date, time), clock.startOf(date)],
        [timeZone, at.epochMilliseconds, start.epochMilliseconds],
      );
      equal(clock.isSkipped(date), isSkipped);
    }
  });
});

Deno.test("[HOURS4] a ZoneClock knows the first minute of a day, also of one on which the zone's clock changes", () => {
  for (
    const [timeZone, day] of [
      ["America/Santiago", "2024-09-08"], // Begins at 01:00.
      ["America/Havana", "2024-11-03"], // Has its first hour twice.
      ["Europe/Berlin", "2024-10-27"],
    ] as const
  ) {
    const date = Temporal.PlainDate.from(day);
    for (const time of ["00:00", "00:01", "01:00"]) {
      const expected = time === "00:00"
        ? date.toZonedDateTime(timeZone)
        : date.toZonedDateTime({ timeZone, plainTime: time });

      equal(
        new ZoneClock(timeZone).instantOf(date, time),
        expected.epochMilliseconds,
        `${timeZone} ${time}`,
      );
    }
  }
});

Deno.test("hours around the clock are computed without asking Temporal for each of their times", () => {
  const { prototype } = Temporal.PlainDate;
  const { toZonedDateTime } = prototype;
  let asked = 0;
  prototype.toZonedDateTime = new Proxy(toZonedDateTime, {
    apply(target, self, zone) {
      asked++;
      return Reflect.apply(target, self, zone);
    },
  });
  try {
    const quarters = [
      "00:00-06:00",
      "06:00-12:00",
      "12:00-18:00",
      "18:00-00:00",
    ];
    const hours = everyDay("Europe/Berlin", ...quarters);

    const state = stateAt(hours, Date.UTC(2030, 0, 1));

    deepEqual(state, { isOpen: true });
    ok(asked < 200, `${asked} times`);
  } finally {
    prototype.toZonedDateTime = toZonedDateTime;
  }
});

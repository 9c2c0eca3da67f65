import { deepEqual, equal } from "node:assert/strict";
import * as v from "valibot";
import { OpeningHours } from "@/lib/model/hours.ts";
import { anAgent } from "@/tests/support/any_widget.ts";
import { someHours } from "@/tests/support/opening_hours.ts";
import {
  copyDay,
  endsNextDay,
  localDay,
  newException,
  newHours,
  type Preset,
  PRESETS,
  presetWeek,
  withExceptions,
  withHours,
  withNextInterval,
} from "./hours_edits.ts";

Deno.test("new hours and presets are valid", () => {
  const presets = Object.keys(PRESETS) as Preset[];
  const all = presets.map((preset) => ({
    ...newHours(),
    week: presetWeek(preset),
  }));

  for (const hours of [newHours(), ...all]) {
    equal(v.is(OpeningHours, hours), true);
  }
  deepEqual(newHours().week.map((day) => day.length), [1, 1, 1, 1, 1, 0, 0]);
});

Deno.test("withNextInterval() proposes a time after the others", () => {
  const first = withNextInterval([]);
  const second = withNextInterval([{ from: "08:00", to: "12:00" }]);
  const late = withNextInterval([{ from: "08:00", to: "23:30" }]);
  const empty = withNextInterval([{ from: "", to: "" }]);

  deepEqual(first, [{ from: "09:00", to: "17:00" }]);
  deepEqual(second[1], { from: "13:00", to: "17:00" });
  deepEqual(late[1], { from: "00:30", to: "04:30" });
  deepEqual(empty[1], { from: "01:00", to: "05:00" });
});

Deno.test("copyDay() copies the times of a day, which then change separately", () => {
  const { week } = someHours({ days: [1], times: ["08:00-12:00"] });

  const copied = copyDay(week, 0, new Set([2, 6]));

  deepEqual(copied.map((day) => day.length), [1, 0, 1, 0, 0, 0, 1]);
  deepEqual(copied[2], week[0]);
  equal(copied[2]?.[0] === week[0]?.[0], false);
});

Deno.test("endsNextDay() is true for a time past midnight", () => {
  equal(endsNextDay({ from: "22:00", to: "06:00" }), true);
  equal(endsNextDay({ from: "00:00", to: "00:00" }), true);
  equal(endsNextDay({ from: "09:00", to: "17:00" }), false);
  equal(endsNextDay({ from: "09:00", to: "" }), false);
});

Deno.test("withExceptions() adds an imported day only once", () => {
  const christmas = {
    ...newException("2020-12-25"),
    name: "Christmas",
    yearly: true,
  };
  const own = [{ ...christmas, intervals: [{ from: "09:00", to: "12:00" }] }];
  const again = { ...christmas, from: "2031-12-25" };
  const other = { ...newException("2031-12-24"), name: "Christmas Eve" };

  deepEqual(withExceptions(own, [again, other]), [...own, other]);
});

Deno.test("withHours() sets and removes hours", () => {
  const hours = newHours();
  const agent = anAgent("a");

  deepEqual(withHours(agent, hours), { ...agent, hours });
  deepEqual(withHours(withHours(agent, hours), undefined), agent);
});

Deno.test("localDay() is the day where the browser is, not that of UTC", () => {
  deepEqual(
    [
      localDay(new Date(2030, 0, 2, 0, 0)),
      localDay(new Date(2030, 11, 31, 23, 59)),
    ],
    ["2030-01-02", "2030-12-31"],
  );
});

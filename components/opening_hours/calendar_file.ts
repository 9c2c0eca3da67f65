/*! ical.js 2.2.1, Copyright (C) Philipp Kewisch and contributors, is under the Mozilla
 * Public License 2.0 (https://mozilla.org/MPL/2.0/) and used unmodified. Its
 * source: https://www.npmjs.com/package/ical.js/v/2.2.1 */
import ICAL from "ical.js";
import { cut } from "@/lib/base/cut.ts";
import { oneLine } from "@/lib/base/plain_text.ts";
import { err, ok, type Result } from "@/lib/base/result.ts";
import { DAY_MS } from "@/lib/base/times.ts";
import {
  type CalendarDays,
  isTooBig,
  type NotACalendar,
} from "./calendar_days.ts";
import {
  dayAfter,
  daysOfRule,
  type StepBudget,
  STEPS_MAX,
} from "./calendar_rule.ts";

/** Maximum number of events that are read. */
export const EVENTS_MAX = 2_000;
/** Maximum number of days of one event. */
const DAYS_MAX = 366;
const NAME_LENGTH_MAX = 60;

interface Reading {
  days: CalendarDays;
  /** Like `2030-12-24`. */
  today: string;
  steps: StepBudget;
}

/**
 * Reads whole days from an iCalendar file (RFC 5545) as exceptions that are
 * closed. What repeats on the same date each year becomes a yearly exception,
 * and other repetitions become one for each day of the next years. `today` is
 * like `2030-12-24`.
 */
export function readCalendar(
  text: string,
  today: string,
): Result<CalendarDays, NotACalendar> {
  if (isTooBig(text.length)) return err({ reason: "too-big" });
  const events = eventsOf(text);
  if (events === undefined) return err({ reason: "unreadable" });
  if (events.length > EVENTS_MAX) return err({ reason: "too-many" });
  const days: CalendarDays = { found: [], timed: 0, past: 0, unread: 0 };
  const reading = { days, today, steps: { left: STEPS_MAX } };
  for (const event of events) addEvent(reading, event);
  days.found.sort((a, b) => a.from < b.from ? -1 : a.from > b.from ? 1 : 0);
  return ok(days);
}

/** Returns the events; undefined if the text is not a calendar. */
function eventsOf(text: string): ICAL.Component[] | undefined {
  try {
    // Several calendars in one file are an array of them.
    const parsed: unknown[] = ICAL.parse(text);
    const all = Array.isArray(parsed[0]) ? parsed : [parsed];
    const calendars = all.flatMap((one) =>
      Array.isArray(one) ? [new ICAL.Component(one)] : []
    );
    if (calendars.some(({ name }) => name !== "vcalendar")) return undefined;
    return calendars.flatMap((one) => one.getAllSubcomponents("vevent"));
  } catch {
    return undefined;
  }
}

function addEvent(reading: Reading, event: ICAL.Component): void {
  const { days } = reading;
  const status = event.getFirstPropertyValue("status");
  const isCancelled = String(status).trim().toUpperCase() === "CANCELLED";
  const [first] = datesOf(event, "dtstart");
  if (first !== undefined && !isCancelled) {
    return addDays(reading, event, first);
  }
  const start = String(rawValues(event, "dtstart")[0]);
  const isTimed = !isCancelled && /T\d/.test(start);
  if (isTimed) days.timed++;
  else days.unread++;
}

function addDays(
  { days, today, steps }: Reading,
  event: ICAL.Component,
  first: string,
): void {
  const length = lengthOf(event, first);
  const rule = event.getFirstPropertyValue("rrule");
  const firsts = rule instanceof ICAL.Recur
    ? daysOfRule(rule, first, { today, steps })
    : { dates: [first], yearly: false };
  // Single days that are added to a rule would be lost.
  const isRead = length !== undefined && !event.hasProperty("rdate");
  if (!isRead || firsts === undefined) return void days.unread++;
  const summary = String(event.getFirstPropertyValue("summary") ?? "");
  const name = cut(oneLine(summary).trim(), NAME_LENGTH_MAX);
  const { yearly } = firsts;
  const left = new Set(datesOf(event, "exdate"));
  for (const from of firsts.dates) {
    const to = dayAfter(from, length - 1);
    if (left.has(from)) continue;
    if (yearly || to >= today) {
      days.found.push({ name, from, to, yearly, intervals: [] });
    } else if (!rule) days.past++;
  }
}

/** Returns the number of days; DTEND is the first day after the event. */
function lengthOf(event: ICAL.Component, first: string): number | undefined {
  const [after] = datesOf(event, "dtend");
  const [, weeks, only] = /^P(?:(\d{1,2})W|(\d{1,3})D)/i
    .exec(String(rawValues(event, "duration")[0])) ?? [];
  const days = after !== undefined
    ? Math.round((Date.parse(after) - Date.parse(first)) / DAY_MS)
    : Number(weeks ?? 0) * 7 + Number(only ?? 0);
  return days <= DAYS_MAX ? Math.max(1, days) : undefined;
}

/** Returns the whole days of a property, like `2030-12-24`. */
function datesOf(event: ICAL.Component, name: string): string[] {
  return rawValues(event, name).flatMap((value) => {
    // Files that leave out VALUE=DATE have empty times in the parsed text.
    const [, date] = /^(\d{4}-\d\d-\d\d)(?:T::)?$/.exec(String(value)) ?? [];
    return date !== undefined && dayAfter(date, 0) === date ? [date] : [];
  });
}

/** Returns the parsed texts of a property. The library's dates are not used,
 * because it moves 31 February to March. */
function rawValues(event: ICAL.Component, name: string): unknown[] {
  return event.getAllProperties(name).flatMap((property) => {
    const [, , , ...values]: unknown[] = property.toJSON();
    return values;
  });
}

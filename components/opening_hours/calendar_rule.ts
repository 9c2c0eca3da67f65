import ICAL from "ical.js";
import { DAY_MS } from "@/lib/base/times.ts";

/** Years for which days are computed, the current one included. */
const YEARS = 4;
/** Maximum number of days that one rule has in these years. */
export const RULE_DAYS_MAX = 100;
/** Maximum number of days that are computed for a whole file. */
export const STEPS_MAX = 10_000;
/** Steps that a rule takes at least, because its first day is searched too. */
const RULE_STEPS = 20;
/** A rule that began earlier takes too long to compute. */
const FIRST_YEAR_MIN = 1900;
/** The same for rules by month, week or day: years before the current one. */
const YEARS_BEFORE = 10;

/** The library counts the days of an interval one by one. */
const INTERVAL_MAX = 1_000;

/** Parts of a rule that are computed (RFC 5545, 3.3.10), by its frequency. The
 * library never returns from some rules by day with other parts, such as
 * `FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30`. */
const PARTS: { [frequency: string]: readonly string[] } = {
  YEARLY: ["BYMONTH", "BYMONTHDAY", "BYDAY"],
  MONTHLY: ["BYMONTHDAY", "BYDAY"],
  WEEKLY: ["BYDAY"],
  DAILY: [],
};

/** Number of days that can still be computed. */
export interface StepBudget {
  left: number;
}

/**
 * Returns the first days of a repeated event. If `yearly` is true there is one,
 * which repeats on the same date each year. `first` and `today` are like
 * `2030-12-24`. Undefined for a rule that is not read, or has too many days.
 */
export function daysOfRule(
  rule: ICAL.Recur,
  first: string,
  { today, steps }: { today: string; steps: StepBudget },
): { dates: string[]; yearly: boolean } | undefined {
  if (!isComputed(rule)) return undefined;
  const start = ICAL.Time.fromDateString(first);
  if (isSameDate(rule, start)) return { dates: [first], yearly: true };
  const earliest = rule.freq === "YEARLY"
    ? FIRST_YEAR_MIN
    : Number(today.slice(0, 4)) - YEARS_BEFORE;
  if (start.year < earliest) return undefined;
  try {
    const dates = datesOf(rule, start, { today, steps });
    return dates && { dates, yearly: false };
  } catch {
    return undefined; // The library throws for some rules without any day.
  }
}

/** Returns the date this many days later; an empty text if there is none. */
export function dayAfter(date: string, days: number): string {
  const time = Date.parse(`${date}T00:00:00Z`) + days * DAY_MS;
  return Number.isNaN(time) ? "" : new Date(time).toISOString().slice(0, 10);
}

/** True if the library computes the rule, as RFC 5545 says. */
function isComputed({ freq, interval, parts }: ICAL.Recur): boolean {
  const allowed = PARTS[freq];
  const weekdays: unknown[] = parts.BYDAY ?? [];
  // The library takes the 53rd Monday for the third.
  const form = freq === "WEEKLY" ? /^[A-Z]{2}$/ : /^(?:[+-]?[1-5])?[A-Z]{2}$/;
  const isRead = weekdays.every((day) => form.test(String(day)));
  return allowed !== undefined && isRead &&
    interval >= 1 && interval <= INTERVAL_MAX &&
    Object.keys(parts).every((part) => allowed.includes(part));
}

/** Returns the first days of the next years; undefined if there are too many. */
function datesOf(
  rule: ICAL.Recur,
  start: ICAL.Time,
  { today, steps }: { today: string; steps: StepBudget },
): string[] | undefined {
  const year = Number(today.slice(0, 4));
  const last = ICAL.Time.fromDateString(`${year + YEARS - 1}-12-31`);
  const bounded = rule.clone();
  // The library looks for a day of an impossible rule until then.
  if (!rule.until || rule.until.compare(last) > 0) bounded.until = last;
  steps.left -= RULE_STEPS;
  if (steps.left < 0) return undefined;
  const days = bounded.iterator(start);
  const dates: string[] = [];
  for (let day = days.next(); day; day = days.next()) {
    if (steps.left-- <= 0) return undefined;
    // What begins in the old year may end in this one.
    if (day.year < year - 1 || !isOf(rule, start, day)) continue;
    dates.push(day.toString().slice(0, 10));
    if (dates.length > RULE_DAYS_MAX) return undefined;
  }
  return dates;
}

/** True if the rule repeats the start's date each year, without an end. */
function isSameDate(rule: ICAL.Recur, start: ICAL.Time): boolean {
  const { BYMONTH: [month = start.month, ...months] = [] } = rule.parts;
  const { BYMONTHDAY: [day = start.day, ...more] = [] } = rule.parts;
  return rule.freq === "YEARLY" && rule.interval === 1 &&
    !rule.until && !rule.count && !rule.parts.BYDAY &&
    months.length === 0 && more.length === 0 &&
    month === start.month && day === start.day;
}

/** False for 1 March, which the library returns for 29 February. */
function isOf(rule: ICAL.Recur, start: ICAL.Time, day: ICAL.Time): boolean {
  if (rule.freq !== "YEARLY" && rule.freq !== "MONTHLY") return true;
  const { BYMONTH, BYMONTHDAY, BYDAY } = rule.parts;
  const days = BYMONTHDAY ?? (BYDAY ? [] : [start.day]);
  const months = BYMONTH ??
    (rule.freq === "YEARLY" && !BYDAY ? [start.month] : []);
  const length = ICAL.Time.daysInMonth(day.month, day.year);
  return (months.length === 0 || months.includes(day.month)) &&
    (days.length === 0 || days.includes(day.day) ||
      days.includes(day.day - length - 1));
}

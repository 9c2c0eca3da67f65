import { cut } from "@/lib/base/cut.ts";
import { oneLine } from "@/lib/base/plain_text.ts";
import { err, ok, type Result } from "@/lib/base/result.ts";
import type { HoursException } from "@/lib/model/hours.ts";
import { dayAfter, daysOfRule } from "./calendar_rule.ts";

/** Maximum size of a calendar file. */
export const CALENDAR_BYTES_MAX = 1_000_000;
/** Maximum number of events that are read. */
export const EVENTS_MAX = 2_000;
/** Maximum number of days of one event. */
const DAYS_MAX = 366;
const NAME_LENGTH_MAX = 60;

export interface CalendarDays {
  /** In the order of their first day. */
  found: HoursException[];
  /** Number of events with a time of day, which are not days off. */
  timed: number;
  /** Number of events that are over. */
  past: number;
  /** Number of events that are damaged or repeat in a way that is not read. */
  unread: number;
}

export type NotACalendar = { reason: "unreadable" | "too-big" | "too-many" };

/** A line of a calendar: `DTSTART;VALUE=DATE:20301224`. */
interface Property {
  name: string;
  parameters: string;
  value: string;
}

/**
 * Reads whole days from an iCalendar file (RFC 5545) as exceptions that are
 * closed. What repeats on the same date each year becomes a yearly exception,
 * and a yearly rule for a weekday (the fourth Thursday of November) one for each
 * of the next years. `today` is like `2030-12-24`.
 */
export function readCalendar(
  text: string,
  today: string,
): Result<CalendarDays, NotACalendar> {
  if (text.length > CALENDAR_BYTES_MAX) return err({ reason: "too-big" });
  if (!/^\uFEFF?\s*BEGIN:VCALENDAR\s*$/im.test(text.slice(0, 200))) {
    return err({ reason: "unreadable" });
  }
  const events = eventsOf(text);
  if (events.length > EVENTS_MAX) return err({ reason: "too-many" });
  const days: CalendarDays = { found: [], timed: 0, past: 0, unread: 0 };
  for (const event of events) addEvent(days, event, today);
  days.found.sort((a, b) => a.from < b.from ? -1 : a.from > b.from ? 1 : 0);
  return ok(days);
}

/** Returns the properties of each event, without those of its alarms. */
function eventsOf(text: string): Property[][] {
  // A line that begins with a space continues the one before (3.1).
  const lines = text.replace(/\r?\n[ \t]/g, "").split(/\r?\n/);
  const events: Property[][] = [];
  const path: string[] = [];
  for (const line of lines) {
    const property = propertyOf(line);
    if (property === undefined) continue;
    const { name, value } = property;
    const part = value.trim().toUpperCase();
    if (name === "BEGIN") path.push(part);
    if (name === "BEGIN" && part === "VEVENT") events.push([]);
    if (name === "END") path.pop();
    if (path.at(-1) === "VEVENT") events.at(-1)?.push(property);
  }
  return events;
}

function propertyOf(line: string): Property | undefined {
  const [, name, parameters = "", value = ""] =
    /^([A-Z-]+)((?:;[A-Z-]+=(?:"[^"]*"|[^";:]*))*):(.*)$/i.exec(line) ?? [];
  return name && { name: name.toUpperCase(), parameters, value } || undefined;
}

function addEvent(
  days: CalendarDays,
  event: readonly Property[],
  today: string,
): void {
  const get = (name: string) => event.find((one) => one.name === name);
  if (get("STATUS")?.value.trim().toUpperCase() === "CANCELLED") {
    return void days.unread++;
  }
  const start = get("DTSTART");
  const first = dateOf(start);
  if (first === undefined) {
    const isTimed = start !== undefined && /^\d{8}T/.test(start.value);
    return void (isTimed ? days.timed++ : days.unread++);
  }
  const length = lengthOf(first, get("DTEND"), get("DURATION"));
  const rule = get("RRULE")?.value;
  const firsts = rule === undefined
    ? { dates: [first], yearly: false }
    : daysOfRule(rule, first, today);
  if (length === undefined || firsts === undefined) return void days.unread++;
  const name = cut(oneLine(textOf(get("SUMMARY"))).trim(), NAME_LENGTH_MAX);
  const { yearly } = firsts;
  const left = new Set(
    event.filter((one) => one.name === "EXDATE").map(dateOf),
  );
  for (const from of firsts.dates) {
    const to = dayAfter(from, length - 1);
    if (left.has(from)) continue;
    if (!yearly && to < today) {
      if (rule === undefined) days.past++;
      continue;
    }
    days.found.push({ name, from, to, yearly, intervals: [] });
  }
}

/** Returns the date of a whole day. */
function dateOf(property: Property | undefined): string | undefined {
  const [, year, month, day] = /^(\d{4})(\d\d)(\d\d)\s*$/
    .exec(property?.value ?? "") ?? [];
  const date = `${year}-${month}-${day}`;
  return year && dayAfter(date, 0) === date ? date : undefined;
}

/** Returns the number of days; DTEND is the first day after the event. */
function lengthOf(
  first: string,
  end: Property | undefined,
  duration: Property | undefined,
): number | undefined {
  const after = dateOf(end);
  const [, weeks, only] = /^P(?:(\d{1,2})W|(\d{1,3})D)/i
    .exec(duration?.value ?? "") ?? [];
  const days = after !== undefined
    ? Math.round((Date.parse(after) - Date.parse(first)) / 86_400_000)
    : Number(weeks ?? 0) * 7 + Number(only ?? 0);
  return days <= DAYS_MAX ? Math.max(1, days) : undefined;
}

/** Undoes the escapes of a text (3.3.11). */
function textOf(property: Property | undefined): string {
  return (property?.value ?? "")
    .replace(
      /\\([\\;,nN])/g,
      (_, sign: string) => /n/i.test(sign) ? " " : sign,
    );
}

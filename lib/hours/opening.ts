import type { Agent } from "@/lib/model/agent.ts";
import type {
  HoursException,
  OpeningHours,
  OpeningTime,
} from "@/lib/model/hours.ts";
import type { WidgetContent } from "@/lib/model/widget.ts";
import { ZoneClock } from "./zone_clock.ts";

/** Times are milliseconds since 1970. */
export interface OpenState {
  isOpen: boolean;
  /** Time of the next change; absent if there is none within
   * {@linkcode HORIZON_DAYS}. */
  changesAt?: number;
}

/** Number of days for which the next change is looked for. */
export const HORIZON_DAYS = 400;

interface Span {
  start: number;
  end: number;
}

/**
 * Returns the hours of an agent: their own, or the widget's. The exceptions of
 * the widget apply to an agent with own hours too, unless the agent has one for
 * the same day. Undefined if nothing limits them.
 */
export function hoursOf(
  { hours }: Pick<WidgetContent, "hours">,
  { hours: own }: Pick<Agent, "hours">,
): OpeningHours | undefined {
  if (own === undefined || hours === undefined) return own ?? hours;
  return { ...own, exceptions: [...own.exceptions, ...hours.exceptions] };
}

/**
 * Returns the state at a time, and when it changes (HOURS1 to HOURS6).
 *
 * @throws {RangeError} If the time zone does not exist.
 */
export function stateAt(hours: OpeningHours, at: number): OpenState {
  const zone = new ZoneClock(hours.timeZone);
  const today = zone.dateAt(at);
  /** End of the opening time that includes `at`, as far as it is known. */
  let openUntil: number | undefined;
  for (let day = FIRST_DAY; day <= HORIZON_DAYS; day++) {
    const date = today.add({ days: day });
    // Only what begins before its end continues it.
    const isOver = openUntil !== undefined && zone.startOf(date) > openUntil;
    if (isOver) break;
    for (const { start, end } of spansOf(date, { hours, zone })) {
      if (end <= at) continue;
      if (start > (openUntil ?? at)) return changing(openUntil, start);
      openUntil = Math.max(openUntil ?? end, end);
    }
    if (day === HORIZON_DAYS) return { isOpen: openUntil !== undefined };
  }
  return changing(openUntil);
}

/** An opening time of yesterday may end today. Where a zone has skipped a day,
 * that of the day before may, too. */
const FIRST_DAY = -2;

function changing(openUntil: number | undefined, opensAt?: number): OpenState {
  const isOpen = openUntil !== undefined;
  const changesAt = openUntil ?? opensAt;
  return changesAt === undefined ? { isOpen } : { isOpen, changesAt };
}

/** Returns the path and the error of hours that the schemas cannot check. */
export function hoursProblem(
  { hours, agents }: Pick<WidgetContent, "hours" | "agents">,
): { field: string; text: string } | undefined {
  const all: [string, OpeningHours | undefined][] = [
    ["hours", hours],
    ...agents.map((agent, n): [string, OpeningHours | undefined] => [
      `agents.${n}.hours`,
      agent.hours,
    ]),
  ];
  const wrong = all.find(([, one]) => one && !isTimeZone(one.timeZone));
  return wrong &&
    { field: `${wrong[0]}.timeZone`, text: "must be a time zone" };
}

export function isTimeZone(timeZone: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(timeZone);
    return true;
  } catch {
    return false;
  }
}

/** Returns the opening times that begin on a day, by their start. */
export function spansOf(
  date: Temporal.PlainDate,
  { hours, zone }: { hours: OpeningHours; zone: ZoneClock },
): Span[] {
  const intervals = intervalsOn(hours, date);
  if (intervals.length === 0 || zone.isSkipped(date)) return [];
  return intervals
    .map((interval) => spanOf(interval, { date, zone }))
    .filter(({ start, end }) => start < end) // HOURS4
    .sort((a, b) => a.start - b.start);
}

function intervalsOn(
  { week, exceptions }: OpeningHours,
  date: Temporal.PlainDate,
): readonly OpeningTime[] {
  const day = date.toString(); // Once, because there can be many exceptions.
  const exception =
    exceptions.find((one) => !one.yearly && includes(one, day)) ??
      exceptions.find((one) => one.yearly && includes(one, day));
  return exception?.intervals ?? week[date.dayOfWeek - 1] ?? [];
}

function includes({ from, to, yearly }: HoursException, day: string): boolean {
  if (!yearly) return isWithin(day, from, to);
  const [date, first, last] = [dayOfYear(day), dayOfYear(from), dayOfYear(to)];
  return first <= last
    ? isWithin(date, first, last)
    : date >= first || date <= last;
}

/** Returns the date without its year, like `12-24`. */
function dayOfYear(date: string): string {
  return date.slice(-"12-24".length);
}

function isWithin(text: string, from: string, to: string): boolean {
  return from <= text && text <= to;
}

function spanOf(
  { from, to }: OpeningTime,
  { date, zone }: { date: Temporal.PlainDate; zone: ZoneClock },
): Span {
  const last = to > from ? date : date.add({ days: 1 });
  return {
    start: zone.instantOf(date, from),
    end: zone.instantOf(last, to),
  };
}

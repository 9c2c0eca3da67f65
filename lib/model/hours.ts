import * as v from "valibot";
import { line } from "./text.ts";

/** Days of a week: Monday is the first. */
export const WEEK_DAYS = 7;
/** Maximum number of intervals of one day. */
export const INTERVALS_MAX = 6;
/** Maximum number of exceptions of one widget or agent. */
export const EXCEPTIONS_MAX = 200;
/** Maximum number of exceptions of all agents of a widget together. */
export const ALL_EXCEPTIONS_MAX = 500;

const TIME = "must be a time such as 09:00";
const DATE = "must be a date such as 2030-12-24";

/** A time of day, from `00:00` to `23:59`. */
export const DayTime = v.pipe(
  v.string(TIME),
  v.regex(/^([01]\d|2[0-3]):[0-5]\d$/, TIME),
);

/** A date of the calendar, such as `2030-12-24`. */
export const DayDate = v.pipe(
  v.string(DATE),
  v.regex(/^\d{4}-\d\d-\d\d$/, DATE),
  v.check(isDate, DATE),
);

/** The name of a time zone of the IANA database, such as `Europe/Berlin`. The
 * service knows which ones exist, see `hoursProblem`. */
export const TimeZone = v.pipe(
  v.string("must be a time zone"),
  v.maxLength(64, "must be a time zone"),
  v.regex(/^[A-Za-z][A-Za-z0-9_+/-]*$/, "must be a time zone"),
);

/**
 * An opening time of one day. If `to` is not after `from`, it ends on the next
 * day; from `00:00` to `00:00` is the whole day.
 */
export const OpeningTime = v.pipe(
  v.strictObject({ from: DayTime, to: DayTime }),
  v.forward(
    v.check(
      ({ from, to }) => from !== to || from === "00:00",
      "must end at another time than it begins",
    ),
    ["to"],
  ),
);
export type OpeningTime = v.InferOutput<typeof OpeningTime>;

/** The opening times that begin on one day, in any order. */
export const Intervals = v.pipe(
  v.array(OpeningTime),
  v.maxLength(INTERVALS_MAX, `must be at most ${INTERVALS_MAX} times`),
  v.check(areApart, "must not overlap"),
);

/** A holiday, or days with other hours. */
export const HoursException = v.pipe(
  v.strictObject({
    name: line(60),
    /** First and last day. */
    from: DayDate,
    to: DayDate,
    /** True if it repeats each year; it may then last beyond the end of the
     * year. */
    yearly: v.boolean(),
    /** Replace those of the week; closed if there are none. */
    intervals: Intervals,
  }),
  v.forward(
    v.check(
      ({ from, to, yearly }) => yearly || from <= to,
      "must not be earlier than the first day",
    ),
    ["to"],
  ),
);
export type HoursException = v.InferOutput<typeof HoursException>;

/** When visitors can reach somebody, in one time zone. */
export const OpeningHours = v.strictObject({
  timeZone: TimeZone,
  /** From Monday to Sunday. */
  week: v.pipe(
    v.array(Intervals),
    v.length(WEEK_DAYS, `must have ${WEEK_DAYS} days`),
  ),
  exceptions: v.pipe(
    v.array(HoursException),
    v.maxLength(
      EXCEPTIONS_MAX,
      `must be at most ${EXCEPTIONS_MAX} exceptions`,
    ),
  ),
});
export type OpeningHours = v.InferOutput<typeof OpeningHours>;

/** Returns the minute of the day, from 0 to 1439. */
export function minuteOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

function isDate(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  // Date.parse() turns 30 February into a day of March.
  return !Number.isNaN(date.getTime()) &&
    date.toISOString().startsWith(text);
}

function areApart(intervals: OpeningTime[]): boolean {
  const sorted = intervals
    .map(({ from, to }) => {
      const [start, end] = [minuteOf(from), minuteOf(to)];
      return { start, end: end > start ? end : end + 1_440 };
    })
    .sort((a, b) => a.start - b.start);
  return sorted.every(({ start }, n) => start >= (sorted[n - 1]?.end ?? 0));
}

import type { Interval, Period } from "@/lib/protocol/admin/statistics.ts";
import type { Span } from "@/lib/store/contact_record_store.ts";
import { DAY_MS, HOUR_MS } from "@/lib/base/times.ts";

/** Days of a time zone, from the first to the last, both included. */
export interface Days {
  first: Temporal.PlainDate;
  last: Temporal.PlainDate;
}

/** A local time, in ms as if its zone were UTC. */
export type WallTime = number;

/** Returns the days of a period that ends today, or of a custom one. */
export function daysOf(
  query: { period: Period; from?: string; to?: string; zone: string },
  now: number,
): Days {
  const today = Temporal.Instant.fromEpochMilliseconds(Math.floor(now))
    .toZonedDateTimeISO(query.zone).toPlainDate();
  const since = (ago: Temporal.DurationLike) => ({
    first: today.subtract(ago),
    last: today,
  });
  switch (query.period) {
    case "today":
      return since({ days: 0 });
    case "7d":
      return since({ days: 6 });
    case "30d":
      return since({ days: 29 });
    case "12m": {
      const { first, last } = since({ months: 11 });
      return { first: first.with({ day: 1 }), last };
    }
    case "own":
      return {
        first: Temporal.PlainDate.from(query.from ?? today.toString()),
        last: Temporal.PlainDate.from(query.to ?? today.toString()),
      };
  }
}

/** Returns the same number of days, or for twelve months of months, directly
 * before. */
export function daysBefore({ first, last }: Days, period: Period): Days {
  const start = period === "12m"
    ? first.subtract({ months: 12 })
    : first.subtract({ days: lengthOf({ first, last }) });
  return { first: start, last: first.subtract({ days: 1 }) };
}

/** Returns the number of days. */
export function lengthOf({ first, last }: Days): number {
  return first.until(last, { largestUnit: "days" }).days + 1;
}

/** Returns the span from the start of the first day to the end of the last. */
export function spanOf({ first, last }: Days, zone: string): Span {
  const start = (day: Temporal.PlainDate) =>
    day.toZonedDateTime(zone).epochMilliseconds;
  return { from: start(first), to: start(last.add({ days: 1 })) };
}

/** Returns the default step of a period. */
export function stepFor(days: number): Interval {
  if (days <= 2) return "hour";
  if (days <= 92) return "day";
  return days <= 182 ? "week" : "month";
}

/** Returns the start of the step that a local time belongs to. */
export function startOf(wall: WallTime, step: Interval): WallTime {
  const day = Math.floor(wall / DAY_MS) * DAY_MS;
  switch (step) {
    case "hour":
      return Math.floor(wall / HOUR_MS) * HOUR_MS;
    case "day":
      return day;
    case "week":
      return day - weekday(wall) * DAY_MS;
    case "month":
      return day - (new Date(wall).getUTCDate() - 1) * DAY_MS;
  }
}

/** Returns the weekday; 0 is Monday. */
export function weekday(wall: WallTime): number {
  return (new Date(wall).getUTCDay() + 6) % 7;
}

/** Converts times to local time, for increasing times in a span. */
export class WallClock {
  /** The offsets with their start times; the first one is from before the
   * span. */
  readonly #offsets: { since: number; offsetMs: number }[] = [];
  #at = 0;

  constructor(zone: string, { from, to }: Span) {
    let time: Temporal.ZonedDateTime | null = Temporal.Instant
      .fromEpochMilliseconds(from).toZonedDateTimeISO(zone);
    while (time !== null && time.epochMilliseconds < to) {
      const since = time.epochMilliseconds;
      this.#offsets.push({
        since,
        offsetMs: time.offsetNanoseconds / 1e6,
      });
      time = time.getTimeZoneTransition("next");
    }
  }

  show(time: number): WallTime {
    while (time >= (this.#offsets[this.#at + 1]?.since ?? Infinity)) this.#at++;
    return time + (this.#offsets[this.#at]?.offsetMs ?? 0);
  }
}

import { stateAt } from "@/lib/hours/opening.ts";
import type { HoursException, OpeningHours } from "@/lib/model/hours.ts";

/** Returns hours that are the same on each of these days, 1 for Monday; a time is
 * `09:00-17:00`. */
export function someHours({ timeZone = "UTC", days, times }: {
  timeZone?: string;
  days: number[];
  times: string[];
}): OpeningHours {
  const intervals = times.map((time) => {
    const [from = "", to = ""] = time.split("-");
    return { from, to };
  });
  return {
    timeZone,
    week: [1, 2, 3, 4, 5, 6, 7]
      .map((day) => days.includes(day) ? intervals : []),
    exceptions: [],
  };
}

/** Returns `open` or `closed`, and the next change in the zone of the hours. */
export function look(hours: OpeningHours, at: string): string {
  const instant = Temporal.Instant.from(at);
  const { isOpen, changesAt } = stateAt(hours, instant.epochMilliseconds);
  const next = changesAt === undefined
    ? "never"
    : Temporal.Instant.fromEpochMilliseconds(changesAt)
      .toZonedDateTimeISO(hours.timeZone)
      .toString({ timeZoneName: "never", smallestUnit: "minute" });
  return `${isOpen ? "open" : "closed"}, ${next}`;
}

/** Returns hours that are the same every day. */
export function everyDay(timeZone: string, ...times: string[]): OpeningHours {
  return someHours({ timeZone, days: [1, 2, 3, 4, 5, 6, 7], times });
}

/** Returns an exception that is closed on one day. */
export function someException(day: string): HoursException {
  return { name: "Holiday", from: day, to: day, yearly: false, intervals: [] };
}

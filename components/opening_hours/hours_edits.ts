import {
  type HoursException,
  INTERVALS_MAX,
  minuteOf,
  type OpeningHours,
  type OpeningTime,
  WEEK_DAYS,
} from "@/lib/model/hours.ts";

/** Hours to begin with. `days` have the opening time. */
export const PRESETS = {
  office: { days: 5, from: "09:00", to: "17:00" },
  always: { days: 7, from: "00:00", to: "00:00" },
} as const;
export type Preset = keyof typeof PRESETS;

const DAY_MINUTES = 1_440;

export function presetWeek(preset: Preset): OpeningHours["week"] {
  const { days, from, to } = PRESETS[preset];
  return Array.from(
    { length: WEEK_DAYS },
    (_, day) => day < days ? [{ from, to }] : [],
  );
}

/** Returns hours from Monday to Friday in the browser's time zone. */
export function newHours(): OpeningHours {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  return { timeZone, week: presetWeek("office"), exceptions: [] };
}

/** Returns the value with these hours, or without hours. */
export function withHours<T extends { hours?: OpeningHours }>(
  value: T,
  hours: OpeningHours | undefined,
): T {
  const next = { ...value };
  if (hours === undefined) delete next.hours;
  else next.hours = hours;
  return next;
}

/** Adds an opening time after the last one: an afternoon after a morning. */
export function withNextInterval(
  intervals: readonly OpeningTime[],
): OpeningTime[] {
  const ends = intervals.map(({ to }) => minuteOf(to)).filter(Number.isFinite);
  const from = intervals.length === 0 ? 9 * 60 : Math.max(...ends, 0) + 60;
  const to = intervals.length === 0 ? 17 * 60 : from + 4 * 60;
  return [...intervals, { from: timeOf(from), to: timeOf(to) }];
}

export function canAdd(intervals: readonly OpeningTime[]): boolean {
  return intervals.length < INTERVALS_MAX;
}

/** Copies the opening times of a day to other days; Monday is 0. */
export function copyDay(
  week: OpeningHours["week"],
  from: number,
  to: ReadonlySet<number>,
): OpeningHours["week"] {
  const intervals = week[from] ?? [];
  return week.map((own, day) =>
    to.has(day) ? intervals.map((one) => ({ ...one })) : own
  );
}

/** True if the opening time ends on the next day. */
export function endsNextDay({ from, to }: OpeningTime): boolean {
  return from !== "" && to !== "" && to <= from;
}

/** Returns the day where the browser is, like `2030-12-24`. */
export function localDay(now = new Date()): string {
  const pad = (n: number) => String(n).padStart(2, "0");
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()]
    .map(pad).join("-");
}

/** Returns an exception for a day. */
export function newException(day: string): HoursException {
  return { name: "", from: day, to: day, yearly: false, intervals: [] };
}

/** Returns the exceptions with others, which are sorted and new. */
export function withExceptions(
  exceptions: readonly HoursException[],
  added: readonly HoursException[],
): HoursException[] {
  const known = new Set(exceptions.map(keyOf));
  const fresh = added.filter((one) => !known.has(keyOf(one)));
  return [...exceptions, ...fresh];
}

function keyOf({ name, from, to, yearly }: HoursException): string {
  return JSON.stringify([name, yearly ? from.slice(5) : from, to, yearly]);
}

function timeOf(minute: number): string {
  const of = (minute + DAY_MINUTES) % DAY_MINUTES;
  const [hours, minutes] = [Math.floor(of / 60), of % 60];
  return [hours, minutes].map((n) => String(n).padStart(2, "0")).join(":");
}

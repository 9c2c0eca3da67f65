import { DAY_MS } from "@/lib/base/times.ts";
import { fill } from "@/lib/i18n/fill.ts";
import type { Language } from "../admin/language.tsx";

/** 1 January 2024, a Monday. */
const MONDAY = Date.UTC(2024, 0, 1);

/** Returns the name of a day of the week; Monday is 0. */
export function dayName(day: number, lang: string): string {
  return new Intl.DateTimeFormat(lang, { weekday: "long", timeZone: "UTC" })
    .format(MONDAY + day * DAY_MS);
}

/** Returns a date such as `2030-12-24` in the reader's language. */
export function dateText(date: string, lang: string, yearly = false): string {
  return new Intl.DateTimeFormat(lang, {
    day: "numeric",
    month: "long",
    ...(yearly ? {} : { year: "numeric" }),
    timeZone: "UTC",
  }).format(new Date(`${date}T00:00:00Z`));
}

/** Returns the state of hours at `now`, in their time zone. */
export function stateText(
  { open, changesAt }: { open: boolean; changesAt?: number },
  { timeZone, now }: { timeZone: string; now: number },
  { texts: { hours: words }, lang }: Language,
): string {
  if (changesAt === undefined) {
    return open ? words.alwaysOpen : words.neverOpen;
  }
  const day = new Intl.DateTimeFormat("en", { timeZone, dateStyle: "short" });
  const isToday = day.format(changesAt) === day.format(now);
  const time = new Intl.DateTimeFormat(lang, {
    timeZone,
    ...(isToday ? {} : { weekday: "long", day: "numeric", month: "long" }),
    hour: "numeric",
    minute: "2-digit",
  }).format(changesAt);
  return fill(open ? words.openNow : words.closedNow, { time });
}

import { DAY_MS } from "@/lib/base/times.ts";
import type { AuditEntry } from "@/lib/model/audit.ts";

/** The reader's language, time zone and current time. */
export interface Reader {
  lang: string;
  zone: string;
  now: number;
}

/** The entries of one day. */
export interface Day {
  /** `2026-11-22`. */
  id: string;
  /** `Today` or `Yesterday`; absent for other days. */
  relative?: string;
  /** The date with its weekday: `Sunday, 22 November 2026`. */
  date: string;
  entries: AuditEntry[];
}

/** Groups entries by the reader's days, in their order. */
export function daysOf(
  entries: readonly AuditEntry[],
  reader: Reader,
): Day[] {
  const { lang, zone: timeZone, now } = reader;
  // Swedish writes dates in the format of ISO 8601.
  const iso = new Intl.DateTimeFormat("sv", { timeZone });
  const full = new Intl.DateTimeFormat(lang, { dateStyle: "full", timeZone });
  const days: Day[] = [];
  for (const entry of entries) {
    const id = iso.format(entry.at);
    const last = days.at(-1);
    if (last?.id === id) last.entries.push(entry);
    else {
      const relative = relativeDay(id, iso.format(now), lang);
      const date = full.format(entry.at);
      days.push({ id, ...relative && { relative }, date, entries: [entry] });
    }
  }
  return days;
}

/** Formats a time in the reader's language: `14:05`. */
export function timeText(at: number, { lang, zone: timeZone }: Reader): string {
  return new Date(at)
    .toLocaleTimeString(lang, { timeStyle: "short", timeZone });
}

/** Returns the name of the time zone: `Central European Time`. */
export function zoneText({ lang, zone: timeZone, now }: Reader): string {
  if (timeZone === "UTC") return timeZone; // Intl would call it GMT.
  const format = new Intl.DateTimeFormat(lang, {
    timeZone,
    timeZoneName: "longGeneric",
  });
  const part = format.formatToParts(now)
    .find(({ type }) => type === "timeZoneName");
  return part?.value ?? timeZone;
}

/** Only days for which languages have a common word. */
function relativeDay(
  day: string,
  today: string,
  lang: string,
): string | undefined {
  const ago = Math.round((Date.parse(today) - Date.parse(day)) / DAY_MS);
  if (ago !== 0 && ago !== 1) return undefined;
  const word = new Intl.RelativeTimeFormat(lang, { numeric: "auto" })
    .format(-ago, "day");
  return word.charAt(0).toLocaleUpperCase(lang) + word.slice(1);
}

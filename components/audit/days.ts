import type { AuditEntry } from "@/lib/model/audit.ts";

const DAY_MS = 24 * 3600 * 1000;

/** The reader's clock: a language, a time zone, and what time it is. */
export interface Reader {
  lang: string;
  zone: string;
  now: number;
}

/** What happened on one day. */
export interface Day {
  /** `2026-11-22`. */
  id: string;
  /** `Today`, `Yesterday`; absent for days further away. */
  relative?: string;
  /** With its weekday: `Sunday, 22 November 2026`. */
  date: string;
  entries: AuditEntry[];
}

/** Entries by the reader's days, in the order they come in. */
export function daysOf(
  entries: readonly AuditEntry[],
  reader: Reader,
): Day[] {
  const { lang, zone: timeZone, now } = reader;
  // Swedish writes dates as ISO 8601 does.
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

/** `14:05`, the reader's way. */
export function timeText(at: number, { lang, zone: timeZone }: Reader): string {
  return new Date(at)
    .toLocaleTimeString(lang, { timeStyle: "short", timeZone });
}

/** `Central European Time`: which clock the times are of. */
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

/** Only what languages have a common word for. */
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

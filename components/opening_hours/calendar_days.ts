import type { HoursException } from "@/lib/model/hours.ts";

/** Maximum size of a calendar file. */
export const CALENDAR_BYTES_MAX = 1_000_000;

/** True if a calendar file of this many bytes is too big to be read. */
export function isTooBig(bytes: number): boolean {
  return bytes > CALENDAR_BYTES_MAX;
}

export interface CalendarDays {
  /** In the order of their first day. */
  found: HoursException[];
  /** Number of events with a time of day, which are not days off. */
  timed: number;
  /** Number of events that are over. */
  past: number;
  /** Number of events that are damaged or cancelled, repeat too often, or repeat
   * in a way that is not read. */
  unread: number;
}

export type NotACalendar = { reason: "unreadable" | "too-big" | "too-many" };

import type { OpeningHours } from "@/lib/model/hours.ts";
import { spansOf, stateAt } from "./opening.ts";
import { ZoneClock } from "./zone_clock.ts";

/** Number of days in which slots are offered, today included. */
export const SLOT_DAYS = 8;
/** Maximum number of slots that are offered. */
export const SLOTS_MAX = 200;
/** Least time between a request and the end of the opening time in which it is
 * answered. */
export const SOON_MS = 10 * 60_000;

/** Returns the time from which a visitor who asks now can be called (HOURS8);
 * undefined if it is closed and never opens. */
export function soonestAt(
  hours: OpeningHours | undefined,
  now: number,
): number | undefined {
  if (hours === undefined) return now;
  const { isOpen, changesAt } = stateAt(hours, now);
  if (!isOpen) return changesAt;
  if (changesAt === undefined || changesAt - now >= SOON_MS) return now;
  return stateAt(hours, changesAt).changesAt ?? now;
}

/** Returns the starts of the slots within opening hours that begin after a time,
 * in order (HOURS7). */
export function slotsAfter(
  hours: OpeningHours,
  now: number,
  lengthMs: number,
): number[] {
  const slots: number[] = [];
  const zone = new ZoneClock(hours.timeZone);
  const today = zone.dateAt(now);
  let free = now + 1;
  for (let day = -1; day < SLOT_DAYS; day++) {
    const date = today.add({ days: day });
    for (const { start, end } of spansOf(date, { hours, zone })) {
      for (let slot = start; slot + lengthMs <= end; slot += lengthMs) {
        if (slot < free) continue;
        slots.push(slot);
        free = slot + lengthMs;
        if (slots.length === SLOTS_MAX) return slots;
      }
    }
  }
  return slots;
}

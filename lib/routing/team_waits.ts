import type { Clock } from "@/lib/base/clock.ts";
import { HOUR_MS } from "@/lib/base/times.ts";

const MINUTE_MS = 60_000;
/** With fewer contacts there is no estimate. */
const CONTACTS_MIN = 5;
/** Teams whose estimates are kept. */
const TEAMS_MAX = 1_000;

/** Reads how long visitors of a team have waited at this hour of earlier days, in
 * ms. */
export type ReadWaits = (team: string) => Promise<readonly number[]>;

/** The usual waits of teams at the present hour: the median of earlier days
 * (R12). */
export class TeamWaits {
  readonly #clock: Clock;
  readonly #read: ReadWaits;
  readonly #known = new Map<
    string,
    { hour: number; usualMs: Promise<number | undefined> }
  >();

  constructor({ clock, read }: { clock: Clock; read: ReadWaits }) {
    this.#clock = clock;
    this.#read = read;
  }

  /** Returns ms, or undefined if there are too few contacts. Never rejects. */
  of(team: string): Promise<number | undefined> {
    const hour = Math.floor(this.#clock.wall() / HOUR_MS);
    const known = this.#known.get(team);
    if (known?.hour === hour) return known.usualMs;
    if (this.#known.size >= TEAMS_MAX) this.#known.clear();
    const usualMs = this.#usual(team);
    this.#known.set(team, { hour, usualMs });
    return usualMs;
  }

  /** Without the store there is no estimate; `read` reports the error. */
  #usual(team: string): Promise<number | undefined> {
    return this.#read(team).then(median, () => undefined);
  }
}

/** Returns the minutes that are left of a usual wait, rounded up; undefined if it
 * is over or not known. */
export function minutesLeft(
  usualMs: number | undefined,
  waitedMs: number,
): number | undefined {
  if (usualMs === undefined || usualMs <= waitedMs) return undefined;
  return Math.ceil((usualMs - waitedMs) / MINUTE_MS);
}

function median(waits: readonly number[]): number | undefined {
  if (waits.length < CONTACTS_MIN) return undefined;
  return waits.toSorted((a, b) => a - b)[Math.floor(waits.length / 2)];
}

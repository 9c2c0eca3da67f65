import { err, ok, type Result } from "@/lib/base/result.ts";
import { HOURS, type PackedTally, type Subject } from "@/lib/model/tally.ts";
import {
  type Figures,
  type Interval,
  POINTS_MAX,
  type StatisticsQuery,
  type StatisticsView,
} from "@/lib/protocol/admin/statistics.ts";
import type { Span } from "@/lib/store/contact_record_store.ts";
import {
  type Days,
  daysBefore,
  daysOf,
  lengthOf,
  spanOf,
  startOf,
  stepFor,
  WallClock,
  type WallTime,
  weekday,
} from "./calendar.ts";
import {
  type Counts,
  figuresOf,
  howContactEnded,
  outcomesOf,
} from "./figures.ts";
import { DAY_MS, HOUR_MS } from "@/lib/base/times.ts";

/** Reads the counts of a subject, from one day of UTC to another. */
export type Read = (
  subject: Subject,
  days: { from: number; to: number },
) => Promise<ReadonlyMap<number, PackedTally>>;

/** The invalid field of a query. */
export interface TooFine {
  field: "by";
  text: string;
}

/** A query with the values that depend on the current time. */
export interface Plan {
  subject: Subject;
  zone: string;
  days: Days;
  by: Interval;
  span: Span;
  /** The same period before, or the same part of it while the period is
   * running. */
  before: Span;
}

/** Computes the plan of a query at this moment. */
export function planOf(
  query: StatisticsQuery,
  now: number,
): Result<Plan, TooFine> {
  const { zone, period, widget, agent } = query;
  const days = daysOf(query, now);
  const length = lengthOf(days);
  const by = query.by ?? stepFor(length);
  if (by === "hour" && length * 24 > POINTS_MAX) {
    const most = Math.floor(POINTS_MAX / 24);
    return err({
      field: "by",
      text: `must be day, week or month for more than ${most} days`,
    });
  }
  const span = spanOf(days, zone);
  const earlier = spanOf(daysBefore(days, period), zone);
  const to = now < span.to
    ? Math.min(earlier.to, earlier.from + Math.max(0, now - span.from))
    : earlier.to;
  const subject = {
    ...widget !== undefined && { widget },
    ...agent !== undefined && { agent },
  };
  return ok({
    subject,
    zone,
    days,
    by,
    span,
    before: { from: earlier.from, to },
  });
}

/** The data of the page, except for values that depend on the whole store. */
export type Report = Omit<StatisticsView, "since" | "before"> & {
  before: Figures;
};

/** Returns the page's data of a subject. */
export async function reportOf(
  { subject, zone, days, by, span, before }: Plan,
  read: Read,
): Promise<Report> {
  const [now, then] = await Promise.all([
    read(subject, utcDays(span)),
    read(subject, utcDays(before)),
  ]);
  const axis = new Axis(new WallClock(zone, span), by);
  const week = newWeek();
  eachCount(
    now,
    span,
    (at) => axis.slot(at),
    ({ wall, counts }, name, count) => {
      add(counts, name, count);
      addToWeek(week, wall, name, count);
    },
  );
  const total = sumOf(axis.points);
  return {
    from: days.first.toString(),
    to: days.last.toString(),
    zone,
    by,
    total: figuresOf(total),
    before: figuresOf(totalOf(then, before)),
    points: axis.points.map(({ wall, counts }) => ({
      start: textOf(Math.max(wall, wallStart(days))),
      figures: figuresOf(counts),
    })),
    outcomes: outcomesOf(total),
    week,
  };
}

/** Returns the counts in a span, by name. */
export function totalOf(
  days: ReadonlyMap<number, PackedTally>,
  span: Span,
): Counts {
  const total = new Map<string, number>();
  eachCount(days, span, () => total, add);
  return total;
}

/** Returns the days of UTC that overlap a span. */
export function utcDays({ from, to }: Span): { from: number; to: number } {
  const first = Math.floor(from / DAY_MS);
  return { from: first, to: Math.max(first, Math.ceil(to / DAY_MS) - 1) };
}

interface Point {
  wall: WallTime;
  counts: Map<string, number>;
}

/** The points of a report, created in chronological order. */
class Axis {
  readonly points: Point[] = [];
  readonly #clock: WallClock;
  readonly #by: Interval;
  #start = NaN;

  constructor(clock: WallClock, by: Interval) {
    this.#clock = clock;
    this.#by = by;
  }

  /** Returns the point for an hour's counts, by local time. */
  slot(at: number): Point {
    const wall = this.#clock.show(at);
    // When clocks go back, one local hour is two hours.
    const start = this.#by === "hour" ? at : startOf(wall, this.#by);
    if (start !== this.#start) {
      const first = this.#by === "hour" ? wall : start;
      this.points.push({ wall: first, counts: new Map() });
    }
    this.#start = start;
    return { wall, counts: this.points.at(-1)?.counts ?? new Map() };
  }
}

/**
 * Calls back with each count of the hours that begin in the span, and the slot
 * of its hour. All slots are created in order. If a zone's midnight divides an
 * hour of UTC, the hour belongs to the day in which it begins.
 */
function eachCount<Slot>(
  days: ReadonlyMap<number, PackedTally>,
  span: Span,
  slotOf: (at: number) => Slot,
  tell: (slot: Slot, name: string, count: number) => void,
): void {
  const { from, to } = utcDays(span);
  for (let day = from; day <= to; day++) {
    const slots: (Slot | undefined)[] = [];
    for (let hour = 0; hour < HOURS; hour++) {
      const at = day * DAY_MS + hour * HOUR_MS;
      const isInside = at >= span.from && at < span.to;
      slots.push(isInside ? slotOf(at) : undefined);
    }
    const row = days.get(day);
    if (row === undefined) continue;
    for (const [n, cell] of row.cells.entries()) {
      const slot = slots[cell % HOURS];
      const name = row.names[Math.floor(cell / HOURS)];
      if (slot === undefined || name === undefined) continue;
      tell(slot, name, row.counts[n] ?? 0);
    }
  }
}

function add(counts: Map<string, number>, name: string, count: number): void {
  counts.set(name, (counts.get(name) ?? 0) + count);
}

function sumOf(points: readonly Point[]): Counts {
  const sum = new Map<string, number>();
  for (const { counts } of points) {
    counts.forEach((count, name) => add(sum, name, count));
  }
  return sum;
}

function newWeek(): StatisticsView["week"] {
  const hours = () => Array.from({ length: 7 }, () => Array(HOURS).fill(0));
  return { answered: hours(), missed: hours() };
}

function addToWeek(
  week: StatisticsView["week"],
  wall: WallTime,
  name: string,
  count: number,
): void {
  const how = howContactEnded(name);
  if (how === undefined) return;
  const hour = Math.floor(wall % DAY_MS / HOUR_MS);
  const day = week[how][weekday(wall)];
  if (day !== undefined) day[hour] = (day[hour] ?? 0) + count;
}

function wallStart({ first }: Days): WallTime {
  return Date.UTC(first.year, first.month - 1, first.day);
}

/** Formats a local time: `2026-11-22T09:00`. */
function textOf(wall: WallTime): string {
  return new Date(wall).toISOString().slice(0, 16);
}

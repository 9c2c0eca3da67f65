import * as v from "valibot";
import { Address } from "@/lib/model/address.ts";
import { WidgetUuid } from "@/lib/model/widget.ts";

//   GET /api/statistics?period=&zone=…      -> StatisticsView
//   GET /api/statistics.csv?period=&zone=…  -> the same points as CSV
//   GET /api/statistics/shares?period=…     -> SharesView

/** Days of one's own choice that are shown at most: three years. */
export const DAYS_MAX = 1_096;
/** Points of one's own choice: what `by` is too fine for is refused. */
export const POINTS_MAX = 800;

export const PERIODS = ["today", "7d", "30d", "12m", "own"] as const;
export type Period = (typeof PERIODS)[number];
export const STEPS = ["hour", "day", "week", "month"] as const;
export type Step = (typeof STEPS)[number];

const oneOf = (all: readonly string[]) => `must be one of ${all.join(", ")}`;

const Day = v.pipe(
  v.string(),
  v.regex(
    /^(19[7-9]\d|2\d{3})-\d\d-\d\d$/,
    "must be a day such as 2026-11-22",
  ),
  v.isoDate("must be a day such as 2026-11-22"),
  v.check(
    (day) => new Date(`${day}T00:00Z`).toISOString().startsWith(day),
    "must be a day that exists",
  ),
);

const Zone = v.pipe(
  v.string(),
  v.maxLength(64, "must have at most 64 characters"),
  v.check(isZone, "must be a time zone such as Europe/Berlin"),
);

/** What is asked for, as the query of an address. Days are those of `zone`. */
export const StatisticsQuery = v.pipe(
  v.strictObject({
    period: v.optional(v.picklist(PERIODS, oneOf(PERIODS)), "30d"),
    /** The first and the last day; only with the period `own`. */
    from: v.exactOptional(Day),
    to: v.exactOptional(Day),
    /** What one point stands for; absent: what fits the period. */
    by: v.exactOptional(v.picklist(STEPS, oneOf(STEPS))),
    zone: v.optional(Zone, "UTC"),
    widget: v.exactOptional(
      v.message(WidgetUuid, "must be 32 hex digits, lower case"),
    ),
    agent: v.exactOptional(Address),
  }),
  v.forward(
    v.check(
      ({ period, from }) => (period === "own") === (from !== undefined),
      "must be there with the period own, and only then",
    ),
    ["from"],
  ),
  v.forward(
    v.check(
      ({ period, to }) => (period === "own") === (to !== undefined),
      "must be there with the period own, and only then",
    ),
    ["to"],
  ),
  v.forward(
    v.check(
      ({ from = "", to = "" }) => from <= to,
      "must not be before the first day",
    ),
    ["to"],
  ),
  v.forward(
    v.check(
      ({ from, to }) =>
        from === undefined || to === undefined ||
        Date.parse(to) - Date.parse(from) < DAYS_MAX * 86_400_000,
      `must be at most ${DAYS_MAX} days after the first day`,
    ),
    ["to"],
  ),
);
export type StatisticsQuery = v.InferOutput<typeof StatisticsQuery>;

const Count = v.number();
const Ms = v.nullable(v.number());

/** What happened in a span of time. Waiting times are null if nobody answered. */
export const Figures = v.object({
  shown: Count,
  opened: Count,
  /** By voice or video; `videoCalls` of them began by video. */
  calls: Count,
  videoCalls: Count,
  chats: Count,
  callsAnswered: Count,
  chatsAnswered: Count,
  /** Of those that were answered: half waited no longer, nine in ten, the mean. */
  waitMedianMs: Ms,
  waitP90Ms: Ms,
  waitMeanMs: Ms,
  /** From the answer to the end, all together. */
  talkMs: Count,
  chatMs: Count,
});
export type Figures = v.InferOutput<typeof Figures>;

/** How calls and chats came out, in the order in which they are shown. */
export const OUTCOMES = [
  "ended", // answered, and ended by one of the two
  "broken", // answered, and ended by a failure
  "gave-up", // the visitor did not wait
  "no-answer",
  "busy",
  "declined",
  "unreachable",
  "failed", // technical
] as const;
export const Outcomes = v.object(
  v.entriesFromList(OUTCOMES, Count),
);
export type Outcome = (typeof OUTCOMES)[number];
export type Outcomes = v.InferOutput<typeof Outcomes>;

const Hours = v.array(v.array(v.number()));

export const StatisticsView = v.object({
  /** The first and the last day, in `zone`. */
  from: v.string(),
  to: v.string(),
  zone: v.string(),
  by: v.picklist(STEPS),
  total: Figures,
  /** The same of as long a time before; null: nothing was counted yet when that
   * began, so it cannot be compared. */
  before: v.nullable(Figures),
  points: v.array(v.object({
    /** The local time at which it begins: `2026-11-22T09:00`. */
    start: v.string(),
    figures: Figures,
  })),
  outcomes: Outcomes,
  /** Calls and chats by day of the week, from Monday, and hour of the day. */
  week: v.object({ answered: Hours, missed: Hours }),
  /** The first day (UTC) that has counts; null: nothing was counted yet. */
  since: v.nullable(v.string()),
});
export type StatisticsView = v.InferOutput<typeof StatisticsView>;

/** The same period of each widget or agent that has anything, the most first. */
export const SharesView = v.object({
  shares: v.array(v.object({
    /** A uuid or an address. */
    id: v.string(),
    figures: Figures,
  })),
  /** There are more, with less. */
  isCut: v.boolean(),
  /** The first day (UTC) that is in the figures, if there was too much to read for
   * the whole period. */
  since: v.nullable(v.string()),
});
export type SharesView = v.InferOutput<typeof SharesView>;

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

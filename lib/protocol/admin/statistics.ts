import * as v from "valibot";
import { DAY_MS } from "@/lib/base/times.ts";
import { Address } from "@/lib/model/address.ts";
import { WidgetUuid } from "@/lib/model/widget.ts";

//   GET /api/statistics?period=&zone=…      -> StatisticsView
//   GET /api/statistics.csv?period=&zone=…  -> the same points as CSV
//   GET /api/statistics/shares?period=…     -> SharesView

/** Maximum number of days of a custom period: three years. */
export const DAYS_MAX = 1_096;
/** Maximum number of points; if `by` is too fine for the period, the query is
 * rejected. */
export const POINTS_MAX = 800;

export const PERIODS = ["today", "7d", "30d", "12m", "own"] as const;
export type Period = (typeof PERIODS)[number];
export const STEPS = ["hour", "day", "week", "month"] as const;
export type Interval = (typeof STEPS)[number];

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

/** The query of an address. Days are in `zone`. */
export const StatisticsQuery = v.pipe(
  v.strictObject({
    period: v.optional(v.picklist(PERIODS, oneOf(PERIODS)), "30d"),
    /** The first and the last day; only with the period `own`. */
    from: v.exactOptional(Day),
    to: v.exactOptional(Day),
    /** The step of one point; if absent, one that fits the period. */
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
        Date.parse(to) - Date.parse(from) < DAYS_MAX * DAY_MS,
      `must be at most ${DAYS_MAX} days after the first day`,
    ),
    ["to"],
  ),
);
export type StatisticsQuery = v.InferOutput<typeof StatisticsQuery>;

const Count = v.number();
const Ms = v.nullable(v.number());

/** The figures of a time span. Waiting times are null if no visitor was
 * answered. */
export const Figures = v.object({
  shown: Count,
  opened: Count,
  /** Messages that visitors left; earlier versions don't count them. */
  messages: v.optional(Count, 0),
  /** Voice and video calls; `videoCalls` of them began with video. */
  calls: Count,
  videoCalls: Count,
  chats: Count,
  callsAnswered: Count,
  chatsAnswered: Count,
  /** Waiting times of the answered contacts: the median, the 90 % value and the
   * mean. */
  waitMedianMs: Ms,
  waitP90Ms: Ms,
  waitMeanMs: Ms,
  /** Total time from the answer to the end. */
  talkMs: Count,
  chatMs: Count,
  /** How often an agent handed a chat over to another one. */
  handovers: Count,
  /** The same for calls; earlier versions don't count them. */
  callHandovers: v.optional(Count, 0),
  /** Callbacks that visitors asked for, how often an agent took one, and those
   * that rang in vain. Earlier versions don't count them. */
  callbacks: v.optional(Count, 0),
  callbacksTaken: v.optional(Count, 0),
  callbacksMissed: v.optional(Count, 0),
  /** Calls and chats in the queues of teams, those of them that left without an
   * agent, and their time there. `queueLongestMs` is rounded up to a class. */
  queued: v.optional(Count, 0),
  queueLeft: v.optional(Count, 0),
  queueMedianMs: v.optional(Ms, null),
  queueLongestMs: v.optional(Ms, null),
});
export type Figures = v.InferOutput<typeof Figures>;

/** The outcomes of calls and chats, in their displayed order. */
export const OUTCOMES = [
  "ended", // answered, and ended by the visitor or the agent
  "idle", // answered, and ended because nobody wrote
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
  /** The figures of the previous period; null if counting had not started when
   * it began. */
  before: v.nullable(Figures),
  points: v.array(v.object({
    /** The local time of its start: `2026-11-22T09:00`. */
    start: v.string(),
    figures: Figures,
  })),
  outcomes: Outcomes,
  /** Calls and chats by day of the week, from Monday, and hour of the day. */
  week: v.object({ answered: Hours, missed: Hours }),
  /** The first day (UTC) with counts; null if there are none yet. */
  since: v.nullable(v.string()),
});
export type StatisticsView = v.InferOutput<typeof StatisticsView>;

/** The same period for each widget or agent with any counts, highest first. */
export const SharesView = v.object({
  shares: v.array(v.object({
    /** A uuid or an address. */
    id: v.string(),
    figures: Figures,
  })),
  /** True if there are more, with lower counts. */
  isCut: v.boolean(),
  /** The first day (UTC) in the figures, if the whole period was too much to
   * read. */
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

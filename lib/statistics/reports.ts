import type { Clock } from "@/lib/base/clock.ts";
import { ok, type Result } from "@/lib/base/result.ts";
import type { PackedTally } from "@/lib/model/tally.ts";
import type {
  SharesView,
  StatisticsQuery,
  StatisticsView,
} from "@/lib/protocol/admin/statistics.ts";
import type { StatisticsStore } from "@/lib/store/statistics_store.ts";
import { csvOf } from "./csv.ts";
import { figuresOf } from "./figures.ts";
import { planOf, reportOf, type TooFine, totalOf, utcDays } from "./report.ts";
import type { Statistics } from "./statistics.ts";
import { DAY_MS } from "@/lib/base/times.ts";

/** After this number of rows, a query for shares reads no further day: a
 * thousand widgets with ten days each. */
const ROWS_MAX = 10_000;
/** Maximum number of shares in one answer. */
const SHARES_MAX = 100;

export interface ReportsOptions {
  store: StatisticsStore;
  clock: Pick<Clock, "wall">;
  /** The counts that have to be written before a read. */
  statistics?: Pick<Statistics, "write">;
  rowsMax?: number;
}

/** Reads the counts for administrators. */
export class StatisticsReports {
  readonly #options: ReportsOptions;

  constructor(options: ReportsOptions) {
    this.#options = options;
  }

  /** Returns the data of the page. Reads two rows per day: of the period, and
   * of the one before. */
  async report(
    query: StatisticsQuery,
  ): Promise<Result<StatisticsView, TooFine>> {
    const { store, clock, statistics } = this.#options;
    const plan = planOf(query, clock.wall());
    if (!plan.ok) return plan;
    await statistics?.write();
    const report = await reportOf(
      plan.value,
      (subject, days) => store.read(subject, days),
    );
    const first = await store.firstDay();
    if (first === undefined) {
      return ok({ ...report, before: null, since: null });
    }
    const isWhole = first <= utcDays(plan.value.before).from;
    const before = isWhole ? report.before : null;
    return ok({ ...report, before, since: dayText(first) });
  }

  /** Returns the points of a report as a file; its rows contain `names`. */
  async csv(
    query: StatisticsQuery,
    names: { widget: string; agent: string },
  ): Promise<Result<{ name: string; text: string }, TooFine>> {
    const view = await this.report(query);
    if (!view.ok) return view;
    const { from, to } = view.value;
    const name = `statistics-${from}-${to}.csv`;
    return ok({ name, text: csvOf(view.value, names) });
  }

  /** Returns the period's counts of each widget, or of each agent of all
   * widgets or of one, those with the most contacts first. */
  async shares(
    query: StatisticsQuery,
    kind: "widget" | "agent",
  ): Promise<Result<SharesView, TooFine>> {
    const { clock, statistics } = this.#options;
    const plan = planOf(query, clock.wall());
    if (!plan.ok) return plan;
    await statistics?.write();
    const { span, subject: { widget } } = plan.value;
    const of = { kind, ...widget !== undefined && { widget } };
    const { rows, since } = await this.#rowsOf(utcDays(span), of);
    const shares = [...rows].map(([id, days]) => ({
      id,
      figures: figuresOf(totalOf(days, span)),
    })).sort((a, b) => weight(b.figures) - weight(a.figures));
    return ok({
      shares: shares.slice(0, SHARES_MAX),
      isCut: shares.length > SHARES_MAX,
      since: since === undefined ? null : dayText(since),
    });
  }

  /** Rows by id, the newest days first; `since` is the oldest day if not all
   * were read. */
  async #rowsOf(
    { from, to }: { from: number; to: number },
    of: { kind: "widget" | "agent"; widget?: string },
  ) {
    const { store, rowsMax = ROWS_MAX } = this.#options;
    const rows = new Map<string, Map<number, PackedTally>>();
    let read = 0;
    for (let day = to; day >= from; day--) {
      if (read >= rowsMax) return { rows, since: day + 1 };
      for await (const { subject, counts } of store.ofDay(day, of)) {
        read++;
        const id = subject[of.kind] ?? "";
        const days = rows.get(id) ?? new Map<number, PackedTally>();
        rows.set(id, days.set(day, counts));
      }
    }
    return { rows };
  }
}

/** Sorts by contacts; if these are equal, by views. */
function weight(
  { calls, chats, opened, shown }: SharesView["shares"][number]["figures"],
): number {
  return (calls + chats) * 1e9 + opened * 1e4 + shown;
}

function dayText(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

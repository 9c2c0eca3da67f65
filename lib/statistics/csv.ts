import type {
  Figures,
  StatisticsView,
} from "@/lib/protocol/admin/statistics.ts";

/** Spreadsheet programs interpret cells with such a beginning as a formula. */
const FORMULA = /^[=+\-@\t\r]/;
/** Tells spreadsheet programs that the file is UTF-8. */
const BYTE_ORDER_MARK = "\uFEFF";

const COLUMNS = [
  "start",
  "time_zone",
  "widget",
  "agent",
  "shown",
  "opened",
  "chats",
  "calls",
  "video_calls",
  "chats_answered",
  "calls_answered",
  "missed",
  "wait_median_s",
  "wait_p90_s",
  "wait_mean_s",
  "talk_s",
  "chat_s",
];

/**
 * Formats the points of a view as CSV (RFC 4180), one per line below a header.
 * Numbers have a decimal point and no grouping; a cell without a value is
 * empty.
 */
export function csvOf(
  { zone, points }: Pick<StatisticsView, "zone" | "points">,
  { widget, agent }: { widget: string; agent: string },
): string {
  const rows = points.map(({ start, figures }) => [
    start.replace("T", " "),
    zone,
    widget,
    agent,
    // Widgets are shown, not agents.
    ...agent === "" ? [figures.shown, figures.opened] : [null, null],
    ...numbersOf(figures),
  ]);
  const lines = [COLUMNS, ...rows]
    .map((cells) => cells.map(cellOf).join(",") + "\r\n");
  return BYTE_ORDER_MARK + lines.join("");
}

function numbersOf(figures: Figures): (number | null)[] {
  const { calls, chats, callsAnswered, chatsAnswered } = figures;
  return [
    chats,
    calls,
    figures.videoCalls,
    chatsAnswered,
    callsAnswered,
    calls + chats - callsAnswered - chatsAnswered,
    seconds(figures.waitMedianMs),
    seconds(figures.waitP90Ms),
    seconds(figures.waitMeanMs),
    seconds(figures.talkMs),
    seconds(figures.chatMs),
  ];
}

function cellOf(value: string | number | null): string {
  if (value === null) return "";
  const text = String(value);
  if (typeof value === "number") return text;
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function seconds(ms: number | null): number | null {
  return ms === null ? null : Math.round(ms / 100) / 10;
}

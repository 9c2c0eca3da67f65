import { BYTE_ORDER_MARK, csvRows } from "@/lib/base/csv.ts";
import type {
  Figures,
  StatisticsView,
} from "@/lib/protocol/admin/statistics.ts";

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
  "messages",
  "handovers",
  "callbacks",
  "callbacks_taken",
  "callbacks_missed",
  "queued",
  "queue_left",
  "queue_median_s",
  "queue_longest_s",
  "call_handovers",
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
  return BYTE_ORDER_MARK + csvRows([COLUMNS, ...rows]);
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
    figures.messages,
    figures.handovers,
    figures.callbacks,
    figures.callbacksTaken,
    figures.callbacksMissed,
    figures.queued,
    figures.queueLeft,
    seconds(figures.queueMedianMs),
    seconds(figures.queueLongestMs),
    figures.callHandovers,
  ];
}

function seconds(ms: number | null): number | null {
  return ms === null ? null : Math.round(ms / 100) / 10;
}

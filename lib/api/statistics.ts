import { err, ok, type Result } from "@/lib/base/result.ts";
import {
  SharesView,
  StatisticsQuery,
  StatisticsView,
} from "@/lib/protocol/admin/statistics.ts";
import {
  type ApiResult,
  NO_BODY,
  type Operation,
  operation,
} from "./operation.ts";
import { problem } from "./problem.ts";

const PATH = "/statistics";

export const STATISTICS_OPERATIONS: Operation[] = [
  operation({
    ...{ method: "GET", path: PATH, scope: "statistics:read" },
    id: "getStatistics",
    summary: "Read the figures of a period, and of each of its intervals",
    cost: 10,
    query: StatisticsQuery,
    body: NO_BODY,
    success: { status: 200, schema: StatisticsView, text: "The figures." },
    run: async ({ query }, { services: { statistics } }) =>
      answerOf(await statistics.report(query)),
  }),
  sharesOf("widget", "getStatisticsOfWidgets"),
  sharesOf("agent", "getStatisticsOfAgents"),
];

function sharesOf(kind: "widget" | "agent", id: string): Operation {
  return operation({
    ...{ method: "GET", path: `${PATH}/${kind}s`, scope: "statistics:read" },
    id,
    summary: `Read the figures of each ${kind} in a period, highest first`,
    cost: 10,
    query: StatisticsQuery,
    body: NO_BODY,
    success: { status: 200, schema: SharesView, text: "The figures." },
    run: async ({ query }, { services: { statistics } }) =>
      answerOf(await statistics.shares(query, kind)),
  });
}

function answerOf(
  read: Result<unknown, { field: string; text: string }>,
): ApiResult {
  if (read.ok) return ok({ status: 200, body: read.value });
  const { field, text: detail } = read.error;
  return err(problem("invalid", { field, detail }));
}

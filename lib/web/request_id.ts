import { getLogger, withContext } from "@logtape/logtape";
import type { Counters, HttpTimes } from "@/lib/base/counters.ts";
import type { Middleware } from "fresh";
import type { State } from "./state.ts";

const log = getLogger(["widgets", "http"]);

const HEADER = "x-request-id";
/** What a proxy may call a request; anything else gets an id of our own. */
const ID = /^[\w.:-]{8,64}$/;

/**
 * Gives each request an id: the proxy's, or a new one. It stands in the answer
 * and in every line that is logged meanwhile, so that "it failed" can be found.
 * Counts `http_answers` (status), and measures the time by pattern of the route.
 */
export function withRequestId(
  counters: Counters & Partial<HttpTimes>,
): Middleware<State> {
  return (ctx) => {
    const given = ctx.req.headers.get(HEADER) ?? "";
    const requestId = ID.test(given) ? given : crypto.randomUUID();
    return withContext({ requestId }, async () => {
      const start = performance.now();
      const response = await ctx.next();
      response.headers.set(HEADER, requestId);
      counters.count("http_answers", { status: classOf(response.status) });
      const ms = performance.now() - start;
      counters.answered?.(ctx.route ?? "none", ms / 1_000);
      const level = response.status < 500 ? "debug" : "error";
      log[level]("{method} {path}: {status} in {ms} ms", {
        method: ctx.req.method,
        path: ctx.url.pathname,
        status: response.status,
        ms: Math.round(ms),
      });
      return response;
    });
  };
}

/** 404 is "4xx": so few are worth a number. */
function classOf(status: number): string {
  return `${Math.floor(status / 100)}xx`;
}

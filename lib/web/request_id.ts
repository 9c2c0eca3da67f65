import { getLogger, withContext } from "@logtape/logtape";
import type { Counters, HttpTimes } from "@/lib/base/counters.ts";
import type { Middleware } from "fresh";
import type { State } from "./state.ts";

const log = getLogger(["widgets", "http"]);

const HEADER = "x-request-id";
/** Format of a proxy's request id; any other gets our own id. */
const ID = /^[\w.:-]{8,64}$/;

/** Patterns of the routes that answer requests. */
const routes = new WeakMap<Request, string>();

/** Notes the route for `withRequestId()`, which is outside of the app that
 * finds it. */
export const noteRoute: Middleware<State> = (ctx) => {
  if (ctx.route !== null) routes.set(ctx.req, ctx.route);
  return ctx.next();
};

/**
 * Gives each request an id: the proxy's, or a new one. The response and every
 * log line of the request contain it, so that an error can be found. Counts
 * `http_answers` (status), and measures the time by pattern of the route.
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
      counters.answered?.(routes.get(ctx.req) ?? "none", ms / 1_000);
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

/** A 404 is "4xx", because few statuses need their own count. */
function classOf(status: number): string {
  return `${Math.floor(status / 100)}xx`;
}

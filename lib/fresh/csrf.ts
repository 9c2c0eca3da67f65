import { HttpError } from "./http_error.ts";
import type { Context } from "./context.ts";
import type { Middleware } from "./types.ts";

/**
 * Rejects requests that another site makes a browser send with a 403. Browsers
 * send their origin in `Sec-Fetch-Site` and `Origin`. A client that sends
 * neither is not a browser, so it sends no user's cookie without the user's
 * knowledge.
 */
export function csrf<State>(): Middleware<State> {
  return async (ctx) => {
    const reads = ["GET", "HEAD", "OPTIONS"].includes(ctx.req.method);
    if (reads || isTrusted(ctx)) return await ctx.next();
    throw new HttpError(403, "Forbidden");
  };
}

function isTrusted<State>({ req, url }: Context<State>): boolean {
  const site = req.headers.get("sec-fetch-site");
  const origin = req.headers.get("origin");
  if (site === "same-origin" || site === "none") return true;
  // A browser without `Sec-Fetch-Site` still sends its origin.
  return site === null && (origin === null || origin === url.origin);
}

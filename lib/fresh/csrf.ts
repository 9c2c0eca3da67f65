import { HttpError } from "./http_error.ts";
import type { Context } from "./context.ts";
import type { Middleware } from "./types.ts";

export interface CsrfOptions<State> {
  /** Further allowed origins; the app's own origin is always allowed. */
  origin?:
    | string
    | string[]
    | ((origin: string, ctx: Context<State>) => boolean);
}

/**
 * Rejects requests that another site makes a browser send with a 403. Browsers
 * send their origin in `Sec-Fetch-Site` and `Origin`. A client that sends
 * neither is not a browser, so it sends no user's cookie without the user's
 * knowledge.
 */
export function csrf<State>(
  { origin }: CsrfOptions<State> = {},
): Middleware<State> {
  return async (ctx) => {
    const { req } = ctx;
    const reads = ["GET", "HEAD", "OPTIONS"].includes(req.method);
    if (reads || isTrusted(ctx, origin)) return await ctx.next();
    throw new HttpError(403, "Forbidden");
  };
}

function isTrusted<State>(
  ctx: Context<State>,
  allowed: CsrfOptions<State>["origin"],
): boolean {
  const site = ctx.req.headers.get("sec-fetch-site");
  const origin = ctx.req.headers.get("origin");
  if (site === "same-origin" || site === "none") return true;
  if (origin === null) return site === null;
  if (typeof allowed === "function") return allowed(origin, ctx);
  if (allowed !== undefined && [allowed].flat().includes(origin)) return true;
  // A browser without `Sec-Fetch-Site` still sends its origin.
  return site === null && origin === ctx.url.origin;
}

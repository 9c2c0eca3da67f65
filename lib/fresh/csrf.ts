import { HttpError } from "./http_error.ts";
import type { Context } from "./context.ts";
import type { Middleware } from "./types.ts";

export interface CsrfOptions<State> {
  /** Further origins that may send; the app's own always may. */
  origin?:
    | string
    | string[]
    | ((origin: string, ctx: Context<State>) => boolean);
}

/**
 * Refuses with a 403 what another site makes a browser send. Browsers say
 * where a request comes from in `Sec-Fetch-Site` and `Origin`; who says neither
 * is no browser, and no cookie was taken from anybody.
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
  // A browser that says no `Sec-Fetch-Site` still says its origin.
  return site === null && origin === ctx.url.origin;
}

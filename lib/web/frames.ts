import { HttpError, type Middleware } from "fresh";
import type { State } from "./state.ts";

// Decides which pages may be in frames of a PBX's myApps client, and how they
// are protected.

/** Pages of the App: the sign-in, and the pages after it. */
const FRAMED_PATHS = /^\/(myapps|admin|account|desk|preview\/frame)(\/|$)/;
/** The live preview is in a frame of the editor's page. */
const PREVIEW = "/preview/frame";

/** Returns `frame-ancestors` for a path: the origins that may frame it. */
export function frameAncestors(
  path: string,
  origins: readonly string[],
): string {
  const framers = FRAMED_PATHS.test(path) ? [...origins] : [];
  if (path === PREVIEW) framers.unshift("'self'");
  return `frame-ancestors ${framers.join(" ") || "'none'"}`;
}

/** True if a browser requests a page for a frame. */
export function isInFrame(request: Request): boolean {
  return request.headers.get("sec-fetch-dest") === "iframe";
}

/**
 * Browsers also send the cookie of a frame with requests from other sites. So
 * requests that change something must have our own origin, in every browser.
 */
export const ownOriginInFrames: Middleware<State> = async (ctx) => {
  const { req, url, state } = ctx;
  const reads = ["GET", "HEAD", "OPTIONS"].includes(req.method);
  const isOwn = req.headers.get("origin") === url.origin;
  if (state.isFramed && !reads && !isOwn) throw new HttpError(403, "Forbidden");
  return await ctx.next();
};

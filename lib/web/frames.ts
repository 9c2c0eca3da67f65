import { HttpError, type Middleware } from "fresh";
import type { State } from "./state.ts";

// Which pages stand in frames of a PBX's myApps client, and what that asks for.

/** Pages of the App: the sign-in, and what it leads to. */
const FRAMED_PATHS = /^\/(myapps|admin|account|desk|preview\/frame)(\/|$)/;
/** The live preview stands in a frame of the editor's page, wherever that is. */
const PREVIEW = "/preview/frame";

/** `frame-ancestors` for a path: who may show it in a frame. */
export function frameAncestors(
  path: string,
  origins: readonly string[],
): string {
  const framers = FRAMED_PATHS.test(path) ? [...origins] : [];
  if (path === PREVIEW) framers.unshift("'self'");
  return `frame-ancestors ${framers.join(" ") || "'none'"}`;
}

/** Whether a browser asks for a page of a frame. */
export function isInFrame(request: Request): boolean {
  return request.headers.get("sec-fetch-dest") === "iframe";
}

/**
 * The cookie of a frame goes along with what other sites make a browser send, so
 * what changes something must name our own origin, in every browser.
 */
export const ownOriginInFrames: Middleware<State> = async (ctx) => {
  const { req, url, state } = ctx;
  const reads = ["GET", "HEAD", "OPTIONS"].includes(req.method);
  const isOwn = req.headers.get("origin") === url.origin;
  if (state.isFramed && !reads && !isOwn) throw new HttpError(403, "Forbidden");
  return await ctx.next();
};

import { csp, type Middleware } from "fresh";
import type { State } from "./state.ts";

/** Scripts and styles are files of ours, nothing is inline. */
const POLICY = [
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "media-src 'self' blob:",
  "connect-src 'self'",
  "frame-src 'self'",
];
const strict = csp<State>({ csp: POLICY });
/** The live preview stands in a frame of the editor's page, and only there. */
const framed = csp<State>({ csp: [...POLICY, "frame-ancestors 'self'"] });

/** What every page and file of the admin and the desk is sent with. */
export const securityHeaders: Middleware<State> = async (ctx) => {
  const isFrame = ctx.url.pathname === "/preview/frame";
  const response = await (isFrame ? framed : strict)(ctx);
  const { headers } = response;
  headers.set("x-content-type-options", "nosniff");
  headers.set("cross-origin-opener-policy", "same-origin");
  if (!headers.has("referrer-policy")) {
    headers.set("referrer-policy", "same-origin");
  }
  if (ctx.state.account !== undefined && isPage(headers)) {
    headers.set("cache-control", "no-store"); // A shared computer.
  }
  return response;
};

function isPage(headers: Headers): boolean {
  return headers.get("content-type")?.startsWith("text/html") ?? false;
}

import { csp, type Middleware } from "fresh";
import { frameAncestors } from "./frames.ts";
import type { State } from "./state.ts";

/** Scripts and styles are our own files; nothing is inline. */
const POLICY = [
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "media-src 'self' blob:",
  "connect-src 'self'",
  "frame-src 'self'",
];

/** Sets the headers of every page and file of the admin and the desk. `framers`
 * are the origins that may show pages of the App in a frame. */
export function securityHeaders(
  framers: () => readonly string[],
): Middleware<State> {
  return async (ctx) => {
    const ancestors = frameAncestors(ctx.url.pathname, framers());
    const policy = csp<State>({ csp: [...POLICY, ancestors] });
    return withHeaders(await policy(ctx), ctx.state);
  };
}

function withHeaders(response: Response, { account }: State): Response {
  const { headers } = response;
  headers.set("x-content-type-options", "nosniff");
  headers.set("cross-origin-opener-policy", "same-origin");
  if (!headers.has("referrer-policy")) {
    headers.set("referrer-policy", "same-origin");
  }
  if (account !== undefined && isPage(headers)) {
    headers.set("cache-control", "no-store"); // The computer may be shared.
  }
  return response;
}

function isPage(headers: Headers): boolean {
  return headers.get("content-type")?.startsWith("text/html") ?? false;
}

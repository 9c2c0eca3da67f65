import type { Middleware } from "fresh";
import { frameAncestors } from "./frames.ts";
import type { State } from "./state.ts";

const POLICY = "content-security-policy";

/** Scripts and styles are our own files. The only inline script starts the
 * islands of its page, and has the page's nonce. */
function policyWith(nonce: string, ancestors: string): string {
  return [
    "default-src 'self'",
    `script-src 'self'${nonce}`,
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "media-src 'self' blob:",
    "connect-src 'self'",
    "frame-src 'self'",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    ancestors,
  ].join("; ");
}

/** Prevents scripts in a picture that is opened as a page, whatever its bytes
 * are. */
export const PICTURE_POLICY = "default-src 'none'; sandbox";

/** Sets the headers of every page and file of the admin and the desk. `framers`
 * are the origins that may show pages of the App in a frame. */
export function securityHeaders(
  framers: () => readonly string[],
): Middleware<State> {
  return async (ctx) => {
    const response = await ctx.next();
    const { headers } = response;
    // The policy of csp() names the nonce, and allows more than we need.
    const [nonce = ""] = / 'nonce-[\w+/=-]+'/.exec(headers.get(POLICY) ?? "") ??
      [];
    const ancestors = frameAncestors(ctx.url.pathname, framers());
    headers.set(
      POLICY,
      isPicture(headers)
        ? `${PICTURE_POLICY}; ${ancestors}`
        : policyWith(nonce, ancestors),
    );
    headers.set("x-content-type-options", "nosniff");
    headers.set("cross-origin-opener-policy", "same-origin");
    if (!headers.has("referrer-policy")) {
      headers.set("referrer-policy", "same-origin");
    }
    if (isPage(headers)) {
      headers.set("cache-control", "no-store"); // The computer may be shared.
    }
    return response;
  };
}

function isPage(headers: Headers): boolean {
  return headers.get("content-type")?.startsWith("text/html") ?? false;
}

function isPicture(headers: Headers): boolean {
  return headers.get("content-type")?.startsWith("image/") ?? false;
}

import type { Middleware } from "./types.ts";

const DIRECTIVES = [
  "default-src 'self'",
  "script-src 'self' 'unsafe-inline'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
];

/** Sets `Content-Security-Policy`. A rendered page allows its inline
 * script by a nonce. */
export function csp<State>(_: { useNonce: true }): Middleware<State> {
  return async (ctx) => {
    const response = await ctx.next();
    const inline = ctx.nonce ? `'nonce-${ctx.nonce}'` : "'unsafe-inline'";
    response.headers.set(
      "content-security-policy",
      DIRECTIVES.join("; ").replaceAll("'unsafe-inline'", inline),
    );
    return response;
  };
}

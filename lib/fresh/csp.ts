import { nonceOf } from "./render.ts";
import type { Middleware } from "./types.ts";

export interface CspOptions {
  /** Browsers only report violations and block nothing. */
  reportOnly?: boolean;
  /** URL to which browsers send reports. */
  reportTo?: string;
  /** Directives that are added or replace ours. */
  csp?: string[];
  /** Allows inline scripts and styles only with the nonce of the page. */
  useNonce?: boolean;
}

const DEFAULTS = [
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

const WITH_NONCE = new Set([
  "default-src",
  "script-src",
  "script-src-elem",
  "style-src",
  "style-src-elem",
  "style-src-attr",
]);

/** Sets `Content-Security-Policy`. Islands need only `'self'`. */
export function csp<State>(
  { reportOnly = false, reportTo, csp = [], useNonce = false }: CspOptions = {},
): Middleware<State> {
  const directives = new Map(
    [...DEFAULTS, ...csp].map((text) => [text.split(" ", 1)[0] ?? "", text]),
  );
  if (reportTo) {
    directives.set("report-uri", `report-uri ${reportTo}`);
    directives.set("report-to", "report-to csp-endpoint");
  }
  const name = "content-security-policy" + (reportOnly ? "-report-only" : "");
  return async (ctx) => {
    const response = await ctx.next();
    const nonce = useNonce ? nonceOf(ctx) : undefined;
    const policy = [...directives].map(([directive, text]) =>
      nonce && WITH_NONCE.has(directive)
        ? text.replace("'unsafe-inline'", `'nonce-${nonce}'`)
        : text
    );
    response.headers.set(name, policy.join("; "));
    if (reportTo) {
      response.headers.set(
        "reporting-endpoints",
        `csp-endpoint="${reportTo}"`,
      );
    }
    return response;
  };
}

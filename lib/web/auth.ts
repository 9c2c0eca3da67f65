import type { Middleware } from "fresh";
import { parseCookie } from "cookie";
import { adminLanguage } from "@/lib/i18n/admin/languages.ts";
import type { Account } from "@/lib/model/account.ts";
import type { Services } from "./services.ts";
import { sessionToken } from "./session_cookie.ts";
import type { State } from "./state.ts";

/** Who is signed in by a request's cookie. */
export async function signedIn(
  request: Request,
  sessions: Services["sessions"],
): Promise<Account | undefined> {
  const token = sessionToken(request, isSecure(request));
  return token === undefined ? undefined : await sessions.load(token);
}

/**
 * Fills the state of every request: services, language, who is signed in, and
 * where the service is found: as set, or as the request found it.
 */
export function withState(
  services: Services,
  publicUrl = "",
): Middleware<State> {
  return async (ctx) => {
    const { state, req } = ctx;
    const account = await signedIn(req, services.sessions);
    const cookies = parseCookie(req.headers.get("cookie") ?? "");
    const accept = req.headers.get("accept-language");
    state.services = services;
    state.secure = isSecure(req);
    state.publicUrl = publicUrl || ctx.url.origin;
    state.lang = adminLanguage(cookies.lang, accept);
    if (account !== undefined) state.account = account;
    return await ctx.next();
  };
}

/** The server gives requests that came by TLS, or its proxy, an https URL. */
function isSecure(request: Request): boolean {
  return request.url.startsWith("https:");
}

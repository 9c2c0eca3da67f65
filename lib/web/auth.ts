import type { Context, Middleware } from "fresh";
import { parseCookie } from "cookie";
import { adminLanguage } from "@/lib/i18n/admin/languages.ts";
import type { Account } from "@/lib/model/account.ts";
import { refuse } from "./api_errors.ts";
import { isTokenApi } from "./api_paths.ts";
import type { Services } from "./services.ts";
import { framedToken, sessionToken } from "./session_cookie.ts";
import type { State } from "./state.ts";
import { asUnavailable } from "./store_faults.ts";

/** Returns the account that the session cookie belongs to, if any. */
export async function signedIn(
  request: Request,
  sessions: Services["sessions"],
): Promise<Account | undefined> {
  return (await whoAsks(request, sessions)).account;
}

/** `isFramed` is true for the cookie of a page in a frame of a PBX. */
async function whoAsks(
  request: Request,
  sessions: Services["sessions"],
): Promise<{ account?: Account; isFramed: boolean }> {
  const secure = isSecure(request);
  const reads = isRead(request);
  for (const isFramed of [false, true]) {
    const token = (isFramed ? framedToken : sessionToken)(request, secure);
    const account = token && await sessions.load(token, reads);
    if (account) return { account, isFramed };
  }
  return { isFramed: false };
}

/**
 * Sets the state of every request: services, language, account, and the address
 * of the service, from the settings or the request.
 */
export function withState(
  services: Services,
  publicUrl = "",
): Middleware<State> {
  return async (ctx) => {
    const { state, req } = ctx;
    const cookies = parseCookie(req.headers.get("cookie") ?? "");
    const accept = req.headers.get("accept-language");
    // The error page needs the language too, if the store fails.
    state.lang = adminLanguage(cookies.lang, accept);
    const { account, isFramed } = isTokenApi(ctx.url)
      ? { isFramed: false }
      : await asUnavailable(whoAsks(req, services.sessions));
    state.services = services;
    state.openMessages = 0;
    state.secure = isSecure(req);
    state.isFramed = isFramed;
    state.publicUrl = publicUrl || ctx.url.origin;
    if (account === undefined) return await ctx.next();
    state.account = account;
    state.lang = adminLanguage(account.language ?? cookies.lang, accept);
    const isStopped = account.mustChangePassword && !isOpenPath(ctx.url);
    return isStopped ? stop(ctx) : await ctx.next();
  };
}

/** The password change itself, and the pages that start or end a session. */
const OPEN_PATHS = [
  "/account/password",
  "/login",
  "/logout",
  "/setup",
  "/myapps",
];

/** Data outside of /api, for the desk and the bar of the other pages. */
const DATA: ReadonlySet<string> = new Set(["/desk/state", "/desk/colleagues"]);

function isOpenPath({ pathname }: URL): boolean {
  return OPEN_PATHS.includes(pathname) || pathname.startsWith("/myapps/");
}

/** Redirects users whose password another person has set to the password
 * change. */
function stop(ctx: Context<State>): Response {
  const { pathname, search } = ctx.url;
  const isData = pathname.startsWith("/api/") || DATA.has(pathname);
  if (isData) return refuse({ reason: "must-change-password" });
  const isPage = ctx.req.method === "GET";
  const query = new URLSearchParams(isPage ? { next: pathname + search } : {});
  return ctx.redirect(`/account/password?${query}`, 303);
}

/** True for pages, but not for data, changes and the desk's socket. */
function isRead({ method, url, headers }: Request): boolean {
  return /^(GET|HEAD)$/.test(method) && !headers.has("upgrade") &&
    !new URL(url).pathname.startsWith("/api/");
}

/** The server gives requests that arrived by TLS, or at its proxy by TLS, an
 * https URL. */
function isSecure(request: Request): boolean {
  return request.url.startsWith("https:");
}

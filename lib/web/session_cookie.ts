import { parseCookie, stringifySetCookie } from "cookie";
import { SESSION_MS_MAX } from "@/lib/store/session_store.ts";

// `__Host-` binds the cookie to this host and to TLS; without TLS browsers refuse
// the prefix. SameSite=Lax: no other website's form carries it.

const COMMON = { path: "/", httpOnly: true, sameSite: "lax" } as const;

/** The session's token in a request, or undefined. */
export function sessionToken(
  request: Request,
  secure: boolean,
): string | undefined {
  const cookies = parseCookie(request.headers.get("cookie") ?? "");
  return cookies[cookieName(secure)];
}

/** The Set-Cookie header that signs in. */
export function sessionCookie(token: string, secure: boolean): string {
  return stringifySetCookie({
    ...COMMON,
    name: cookieName(secure),
    value: token,
    secure,
    maxAge: SESSION_MS_MAX / 1_000,
  });
}

/** The Set-Cookie header that signs out. */
export function endedSessionCookie(secure: boolean): string {
  return stringifySetCookie({
    ...COMMON,
    name: cookieName(secure),
    value: "",
    secure,
    maxAge: 0,
  });
}

function cookieName(secure: boolean): string {
  return secure ? "__Host-session" : "session";
}

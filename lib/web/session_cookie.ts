import { parseCookie, stringifySetCookie } from "cookie";
import { FRAMED_SESSION_MS_MAX } from "@/lib/admin/my_apps.ts";
import { SESSION_MS_MAX } from "@/lib/store/session_store.ts";

// `__Host-` binds the cookie to this host and to TLS; without TLS browsers
// reject the prefix. SameSite=Lax prevents other websites' forms from sending
// it.

// A page that a PBX frames has a separate cookie. It is SameSite=None, because
// the frame's page belongs to another site, and Partitioned, so that it is
// valid only below that PBX.

const COMMON = { path: "/", httpOnly: true, sameSite: "lax" } as const;
const FRAMED = {
  path: "/",
  httpOnly: true,
  sameSite: "none",
  secure: true,
  partitioned: true,
  name: "__Host-framed",
} as const;

/** Returns the session's token in a request, or undefined. */
export function sessionToken(
  request: Request,
  secure: boolean,
): string | undefined {
  const cookies = parseCookie(request.headers.get("cookie") ?? "");
  return cookies[cookieName(secure)];
}

/** Returns the Set-Cookie header that signs in. */
export function sessionCookie(token: string, secure: boolean): string {
  return stringifySetCookie({
    ...COMMON,
    name: cookieName(secure),
    value: token,
    secure,
    maxAge: SESSION_MS_MAX / 1_000,
  });
}

/** Returns the Set-Cookie header that signs out. */
export function endedSessionCookie(secure: boolean): string {
  return stringifySetCookie({
    ...COMMON,
    name: cookieName(secure),
    value: "",
    secure,
    maxAge: 0,
  });
}

/** Returns the token of a page in a frame of a PBX; only with TLS, or
 * undefined. */
export function framedToken(
  request: Request,
  secure: boolean,
): string | undefined {
  if (!secure) return undefined;
  return parseCookie(request.headers.get("cookie") ?? "")[FRAMED.name];
}

/** Returns the Set-Cookie header that signs in a page in a frame; only with
 * TLS. */
export function framedSessionCookie(token: string): string {
  const maxAge = FRAMED_SESSION_MS_MAX / 1_000;
  return stringifySetCookie({ ...FRAMED, value: token, maxAge });
}

/** Returns the Set-Cookie header that signs it out. */
export function endedFramedSessionCookie(): string {
  return stringifySetCookie({ ...FRAMED, value: "", maxAge: 0 });
}

function cookieName(secure: boolean): string {
  return secure ? "__Host-session" : "session";
}

import { equal, match } from "node:assert/strict";
import {
  endedSessionCookie,
  sessionCookie,
  sessionToken,
} from "./session_cookie.ts";

Deno.test("over TLS the session cookie is bound to this host", () => {
  const cookie = sessionCookie("a.b", true);

  match(cookie, /^__Host-session=a\.b; /);
  for (const part of ["Secure", "HttpOnly", "SameSite=Lax", "Path=/"]) {
    match(cookie, new RegExp(`; ${part}(;|$)`));
  }
  equal(/Domain/i.test(cookie), false);
});

Deno.test("the cookie that is set is the cookie that is read", () => {
  for (const secure of [true, false]) {
    const cookie = sessionCookie("a.b", secure).split(";")[0] ?? "";
    const request = new Request("http://x", { headers: { cookie } });

    equal(sessionToken(request, secure), "a.b");
    equal(sessionToken(request, !secure), undefined);
  }
});

Deno.test("signing out makes the browser delete the cookie", () => {
  match(endedSessionCookie(false), /^session=; Max-Age=0; .*HttpOnly/);
});

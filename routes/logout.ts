import {
  endedFramedSessionCookie,
  endedSessionCookie,
  framedToken,
  sessionToken,
} from "@/lib/web/session_cookie.ts";
import { define } from "@/lib/web/state.ts";

export const handler = define.handlers({
  async POST(ctx) {
    const { services, secure, isFramed } = ctx.state;
    for (const tokenOf of [sessionToken, framedToken]) {
      const token = tokenOf(ctx.req, secure);
      if (token !== undefined) await services.sessions.end(token);
    }
    // A frame of the PBX cannot show the sign-in with a password.
    const response = ctx.redirect(isFramed ? "/myapps?out" : "/login?out", 303);
    const cookies = [endedSessionCookie(secure)];
    if (secure) cookies.push(endedFramedSessionCookie());
    for (const one of cookies) response.headers.append("set-cookie", one);
    return response;
  },
});

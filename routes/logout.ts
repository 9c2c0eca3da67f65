import { endedSessionCookie, sessionToken } from "@/lib/web/session_cookie.ts";
import { define } from "@/lib/web/state.ts";

export const handler = define.handlers({
  async POST(ctx) {
    const { services, secure } = ctx.state;
    const token = sessionToken(ctx.req, secure);
    if (token !== undefined) await services.sessions.end(token);
    const response = ctx.redirect("/login?out", 303);
    response.headers.append("set-cookie", endedSessionCookie(secure));
    return response;
  },
});

import { refuse } from "@/lib/web/api_errors.ts";
import { sessionToken } from "@/lib/web/session_cookie.ts";
import { define } from "@/lib/web/state.ts";

export const handlers = define.handlers({
  POST({ req, state: { services: { network }, secure } }) {
    const session = sessionToken(req, secure);
    if (session === undefined) return refuse({ reason: "signed-out" });
    return Response.json(network.test(session));
  },
});

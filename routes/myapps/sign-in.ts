import { MyAppsLogin } from "@/lib/protocol/admin/my_apps.ts";
import { readJson } from "@/lib/web/api_body.ts";
import { clientAddress } from "@/lib/web/client_address.ts";
import { LOGIN_BYTES_MAX, refuseMyApps } from "@/lib/web/my_apps_answers.ts";
import { preferenceCookies } from "@/lib/web/preferences.ts";
import {
  framedSessionCookie,
  sessionCookie,
} from "@/lib/web/session_cookie.ts";
import { define } from "@/lib/web/state.ts";
import { ifAvailable } from "@/lib/web/store_faults.ts";

/** Signs in a user for whom the PBX vouches. */
export const handler = define.handlers({
  async POST({ req, info, state: { services, secure } }) {
    const { myApps } = services;
    if (myApps === undefined) return new Response(null, { status: 404 });
    const body = await readJson(req, MyAppsLogin, LOGIN_BYTES_MAX);
    if (!body.ok) return refuseMyApps({ reason: "unreadable" });
    const tried = await ifAvailable(
      req,
      () => myApps.signIn(body.value, clientAddress(info)),
    );
    const signedIn = tried.ok ? tried.value : tried;
    if (!signedIn.ok) return refuseMyApps(signedIn.error);
    const { token } = signedIn.value;
    const chosen = new FormData();
    chosen.set("lang", body.value.lang ?? "");
    // Without TLS a browser stores no cookie of a frame on another site.
    const cookies = [
      secure ? framedSessionCookie(token) : sessionCookie(token, secure),
      ...preferenceCookies(chosen, { secure, isFramed: secure }),
    ];
    const response = new Response(null, { status: 204 });
    for (const one of cookies) response.headers.append("set-cookie", one);
    return response;
  },
});

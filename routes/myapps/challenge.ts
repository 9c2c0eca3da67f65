import { clientAddress } from "@/lib/web/client_address.ts";
import { refuseMyApps } from "@/lib/web/my_apps_answers.ts";
import { define } from "@/lib/web/state.ts";

/** Returns a challenge for one sign-in from myApps. */
export const handler = define.handlers({
  async POST({ state: { services }, info }) {
    const made = await services.myApps?.challenge(clientAddress(info));
    if (made === undefined) return new Response(null, { status: 404 });
    if (!made.ok) return refuseMyApps(made.error);
    const headers = { "cache-control": "no-store" };
    return Response.json({ challenge: made.value }, { headers });
  },
});

import { readForm } from "@/lib/web/api_body.ts";
import { preferenceCookies } from "@/lib/web/preferences.ts";
import { define } from "@/lib/web/state.ts";
import { wayBack } from "@/lib/web/way_back.ts";

/** Language and looks of this browser, from the account menu. */
export const handler = define.handlers({
  async POST(ctx) {
    const form = await readForm(ctx.req);
    const back = String(form.get("back") ?? "");
    const response = ctx.redirect(wayBack(back, ctx.url, "/admin"), 303);
    for (const cookie of preferenceCookies(form, ctx.state)) {
      response.headers.append("set-cookie", cookie);
    }
    return response;
  },
});

import { isAdminLanguage } from "@/lib/i18n/admin/languages.ts";
import { readForm } from "@/lib/web/api_body.ts";
import { preferenceCookies } from "@/lib/web/preferences.ts";
import { define } from "@/lib/web/state.ts";
import { wayBack } from "@/lib/web/way_back.ts";

/** Language and theme of this browser, from the account menu. The language of a
 * signed-in user is stored in their account too. */
export const handler = define.handlers({
  async POST(ctx) {
    const form = await readForm(ctx.req);
    const { account, services } = ctx.state;
    const lang = String(form.get("lang") ?? "");
    if (account !== undefined && isAdminLanguage(lang)) {
      await services.ownAccount.saveProfile(account, { language: lang });
    }
    const back = String(form.get("back") ?? "");
    const response = ctx.redirect(wayBack(back, ctx.url, "/admin"), 303);
    for (const cookie of preferenceCookies(form, ctx.state)) {
      response.headers.append("set-cookie", cookie);
    }
    return response;
  },
});

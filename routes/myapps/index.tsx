import { HttpError, page } from "fresh";
import { Head } from "fresh/runtime";
import MyApps, { type MyAppsProps } from "@/islands/my_apps.tsx";
import { APP_NAME } from "@/lib/admin/pbx.ts";
import {
  ADMIN_LANGUAGES,
  isAdminLanguage,
} from "@/lib/i18n/admin/languages.ts";
import { StandaloneShell } from "@/lib/ui/app_shell.tsx";
import { homeOf } from "@/lib/web/home.ts";
import { define } from "@/lib/web/state.ts";
import { wayBack } from "@/lib/web/way_back.ts";

export const config = { skipInheritedLayouts: true };

type Data = Pick<MyAppsProps, "objects" | "origins" | "onward"> & {
  failure?: NonNullable<MyAppsProps["failure"]>;
};

/** The App inside myApps: signs the user in, or redirects a user who is signed
 * in. */
export const handler = define.handlers({
  GET(ctx) {
    const { url, state } = ctx;
    const { pbx } = state.services;
    if (pbx === undefined) throw new HttpError(404);
    const query = url.searchParams;
    const lang = query.get("lang")?.slice(0, 2) ?? "";
    if (isAdminLanguage(lang)) state.lang = lang;
    const next = query.get("next");
    if (state.account !== undefined) {
      return ctx.redirect(wayBack(next, url, homeOf(state.account)), 303);
    }
    const name = query.get("name") ?? "";
    const linked = pbx.appObjects();
    const known = linked.length === 0 ? [APP_NAME] : linked;
    // The client names the App object that it has opened.
    const objects = name === "" ? known : [name];
    const after = new URLSearchParams({ in: "", lang: state.lang });
    if (next !== null) after.set("next", next);
    const onward = `/myapps?${after}`;
    const data: Data = { objects, origins: pbx.framers(), onward };
    if (query.has("out")) data.failure = { reason: "signed-out" };
    else if (query.has("in")) data.failure = { reason: "no-cookie" };
    return page(data, { headers: { "cache-control": "no-store" } });
  },
});

export default define.page<typeof handler>(({ data, state: { lang } }) => {
  const { myApps: texts, common } = ADMIN_LANGUAGES[lang];
  return (
    <StandaloneShell product={common.product}>
      <Head>
        <title>{`${texts.title} · ${common.product}`}</title>
      </Head>
      <h1>{texts.title}</h1>
      <MyApps lang={lang} texts={texts} {...data} />
    </StandaloneShell>
  );
});

import { HttpError, page } from "fresh";
import { asset, Head } from "fresh/runtime";
import PbxPage from "@/islands/pbx_page.tsx";
import { ADMIN_LANGUAGES } from "@/lib/i18n/admin/languages.ts";
import { define } from "@/lib/web/state.ts";

export const handler = define.handlers({
  async GET({ state: { services, publicUrl } }) {
    if (services.pbx === undefined) throw new HttpError(404);
    return page({ view: await services.pbx.view(publicUrl) });
  },
});

export default define.page<typeof handler>(({ data, state: { lang } }) => {
  const texts = ADMIN_LANGUAGES[lang];
  return (
    <>
      <Head>
        <title>{`${texts.pbx.title} · ${texts.common.product}`}</title>
        <link key="pbx" rel="stylesheet" href={asset("/pbx.css")} />
      </Head>
      <PbxPage language={{ lang, texts }} view={data.view} />
    </>
  );
});

import { page } from "fresh";
import { asset, Head } from "fresh/runtime";
import NetworkPage from "@/islands/network_page.tsx";
import { ADMIN_LANGUAGES } from "@/lib/i18n/admin/languages.ts";
import { define } from "@/lib/web/state.ts";

export const handler = define.handlers({
  GET({ state: { services } }) {
    return page({ view: services.network.view() });
  },
});

export default define.page<typeof handler>(({ data, state: { lang } }) => {
  const texts = ADMIN_LANGUAGES[lang];
  return (
    <>
      <Head>
        <title>{`${texts.network.title} · ${texts.common.product}`}</title>
        <link key="network" rel="stylesheet" href={asset("/network.css")} />
      </Head>
      <NetworkPage language={{ lang, texts }} view={data.view} />
    </>
  );
});

import { page } from "fresh";
import { asset, Head } from "fresh/runtime";
import BlocksPage from "@/islands/blocks_page.tsx";
import { ADMIN_LANGUAGES } from "@/lib/i18n/admin/languages.ts";
import { define } from "@/lib/web/state.ts";

export const handler = define.handlers({
  async GET({ state: { services } }) {
    const [blocks, widgets] = await Promise.all([
      services.blocks.list(),
      services.widgets.withAgents(),
    ]);
    return page({ blocks, widgets });
  },
});

export default define.page<typeof handler>(({ data, state: { lang } }) => {
  const texts = ADMIN_LANGUAGES[lang];
  return (
    <>
      <Head>
        <title>{`${texts.blocks.title} · ${texts.common.product}`}</title>
        <link key="contacts" rel="stylesheet" href={asset("/contacts.css")} />
      </Head>
      <BlocksPage language={{ lang, texts }} {...data} />
    </>
  );
});

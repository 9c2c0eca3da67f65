import { page } from "fresh";
import { asset, Head } from "fresh/runtime";
import TokensPage from "@/islands/tokens_page.tsx";
import { ADMIN_LANGUAGES } from "@/lib/i18n/admin/languages.ts";
import { define } from "@/lib/web/state.ts";

export const handler = define.handlers({
  async GET({ state: { services } }) {
    return page({ tokens: await services.apiTokens.list() });
  },
});

export default define.page<typeof handler>(({ data, state: { lang } }) => {
  const texts = ADMIN_LANGUAGES[lang];
  return (
    <>
      <Head>
        <title>{`${texts.tokens.title} · ${texts.common.product}`}</title>
        <link key="contacts" rel="stylesheet" href={asset("/contacts.css")} />
      </Head>
      <TokensPage language={{ lang, texts }} {...data} />
    </>
  );
});

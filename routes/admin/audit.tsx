import { page } from "fresh";
import { asset, Head } from "fresh/runtime";
import AuditPage from "@/islands/audit_page.tsx";
import { ADMIN_LANGUAGES } from "@/lib/i18n/admin/languages.ts";
import { define } from "@/lib/web/state.ts";

export const handler = define.handlers({
  async GET({ url, state: { services } }) {
    const after = url.searchParams.get("after") ?? "";
    const [audit, widgets] = await Promise.all([
      services.audit.list(after),
      services.widgets.list(),
    ]);
    return page({
      page: audit,
      isEarlier: after !== "",
      widgets: widgets.map(({ uuid }) => uuid),
      now: services.clock.now(),
    });
  },
});

export default define.page<typeof handler>(({ data, state: { lang } }) => {
  const texts = ADMIN_LANGUAGES[lang];
  return (
    <>
      <Head>
        <title>{`${texts.audit.title} · ${texts.common.product}`}</title>
        <link key="audit" rel="stylesheet" href={asset("/audit.css")} />
      </Head>
      <AuditPage language={{ lang, texts }} {...data} />
    </>
  );
});

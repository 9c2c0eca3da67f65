import { page } from "fresh";
import { asset, Head } from "fresh/runtime";
import ContactsPage from "@/islands/contacts_page.tsx";
import { ADMIN_LANGUAGES } from "@/lib/i18n/admin/languages.ts";
import { formOf, queryOf } from "@/lib/web/contact_filter.ts";
import { define } from "@/lib/web/state.ts";

export const handler = define.handlers({
  async GET({ url, state: { services } }) {
    const form = formOf(url.searchParams);
    const [found, widgets] = await Promise.all([
      services.contacts.list(queryOf(form)),
      services.widgets.withAgents(),
    ]);
    return page({
      page: found,
      form,
      days: services.contacts.days,
      widgets,
    });
  },
});

export default define.page<typeof handler>(({ data, state: { lang } }) => {
  const texts = ADMIN_LANGUAGES[lang];
  return (
    <>
      <Head>
        <title>{`${texts.contacts.title} · ${texts.common.product}`}</title>
        <link key="contacts" rel="stylesheet" href={asset("/contacts.css")} />
      </Head>
      <ContactsPage language={{ lang, texts }} {...data} />
    </>
  );
});

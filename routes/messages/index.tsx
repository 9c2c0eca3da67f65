import { page } from "fresh";
import { asset, Head } from "fresh/runtime";
import MessagesPage from "@/islands/messages_page.tsx";
import { ADMIN_LANGUAGES } from "@/lib/i18n/admin/languages.ts";
import { inquiryFormOf, inquiryQueryOf } from "@/lib/web/inquiry_filter.ts";
import { signInFirst } from "@/lib/web/sign_in_first.ts";
import { define } from "@/lib/web/state.ts";

/** Admits all signed-in users: each sees the messages they can answer. */
export const handler = define.handlers({
  async GET(ctx) {
    const { account, services } = ctx.state;
    if (account === undefined) return signInFirst(ctx);
    const form = inquiryFormOf(ctx.url.searchParams);
    const isAdmin = account.roles.includes("admin");
    const [found, widgets, colleagues, mail] = await Promise.all([
      services.inquiries.list(inquiryQueryOf(form), account),
      services.widgets.withAgents(),
      services.inquiries.colleagues(account),
      isAdmin ? services.mails.status() : undefined,
    ]);
    return page({
      page: found,
      form,
      days: services.inquiries.days,
      widgets,
      colleagues,
      own: account.id,
      isAdmin,
      mail,
    });
  },
});

export default define.page<typeof handler>(({ data, state: { lang } }) => {
  const texts = ADMIN_LANGUAGES[lang];
  return (
    <>
      <Head>
        <title>{`${texts.messages.title} · ${texts.common.product}`}</title>
        <link key="messages" rel="stylesheet" href={asset("/messages.css")} />
      </Head>
      <MessagesPage language={{ lang, texts }} {...data} />
    </>
  );
});

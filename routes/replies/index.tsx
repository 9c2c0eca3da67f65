import { page } from "fresh";
import { asset, Head } from "fresh/runtime";
import RepliesPage from "@/islands/replies_page.tsx";
import { ADMIN_LANGUAGES } from "@/lib/i18n/admin/languages.ts";
import { WIDGET_LANGUAGES } from "@/lib/i18n/widget/languages.ts";
import { signInFirst } from "@/lib/web/sign_in_first.ts";
import { define } from "@/lib/web/state.ts";

/** Admits all signed-in users: agents have personal replies, and administrators
 * edit the shared ones. */
export const handler = define.handlers({
  async GET(ctx) {
    const { account, services } = ctx.state;
    if (account === undefined) return signInFirst(ctx);
    const { replies } = await services.savedReplies.listFor(account);
    const can = {
      share: account.roles.includes("admin"),
      own: account.roles.includes("agent"),
    };
    return page({ replies, can, languages: Object.keys(WIDGET_LANGUAGES) });
  },
});

export default define.page<typeof handler>(({ data, state: { lang } }) => {
  const texts = ADMIN_LANGUAGES[lang];
  return (
    <>
      <Head>
        <title>{`${texts.replies.title} · ${texts.common.product}`}</title>
        <link key="replies" rel="stylesheet" href={asset("/replies.css")} />
      </Head>
      <RepliesPage language={{ lang, texts }} {...data} />
    </>
  );
});

import { page } from "fresh";
import { asset, Head } from "fresh/runtime";
import AccountPage from "@/islands/account_page.tsx";
import { ADMIN_LANGUAGES } from "@/lib/i18n/admin/languages.ts";
import { accountView } from "@/lib/web/own_account.ts";
import { accountOf, define } from "@/lib/web/state.ts";

export const handler = define.handlers({
  GET(ctx) {
    const account = accountOf(ctx.state);
    return page({
      account: accountView(account),
      isOfPbx: account.pbxUser !== undefined,
      isPasswordChanged: ctx.url.searchParams.has("changed"),
    });
  },
});

export default define.page<typeof handler>(({ data, state: { lang } }) => {
  const texts = ADMIN_LANGUAGES[lang];
  return (
    <>
      <Head>
        <title>{`${texts.ownAccount.title} · ${texts.common.product}`}</title>
        <link key="account" rel="stylesheet" href={asset("/account.css")} />
      </Head>
      <AccountPage language={{ lang, texts }} {...data} />
    </>
  );
});

import { HttpError, page } from "fresh";
import { Head } from "fresh/runtime";
import PeopleList from "@/islands/people_list.tsx";
import { ADMIN_LANGUAGES } from "@/lib/i18n/admin/languages.ts";
import { define } from "@/lib/web/state.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const { account, services } = ctx.state;
    if (account === undefined) throw new HttpError(403);
    return page({ people: await services.people.list(), ownId: account.id });
  },
});

export default define.page<typeof handler>(({ data, state: { lang } }) => {
  const texts = ADMIN_LANGUAGES[lang];
  return (
    <>
      <Head>
        <title>{`${texts.people.title} · ${texts.common.product}`}</title>
      </Head>
      <PeopleList language={{ lang, texts }} {...data} />
    </>
  );
});

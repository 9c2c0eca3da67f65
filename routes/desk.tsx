import { page } from "fresh";
import { asset, Head } from "fresh/runtime";
import Desk from "@/islands/Desk.tsx";
import { DESK_LANGUAGES } from "@/lib/i18n/desk/languages.ts";
import { ButtonLink } from "@/lib/ui/button.tsx";
import { EmptyState } from "@/lib/ui/notices.tsx";
import { define } from "@/lib/web/state.ts";

/** Admits agents, and explains to signed-in users without the role what to
 * do. */
export const handler = define.handlers({
  async GET(ctx) {
    const { account, services } = ctx.state;
    if (account === undefined) return ctx.redirect("/login?next=/desk");
    const { roles } = account;
    const isAgent = roles.includes("agent");
    const isAdmin = roles.includes("admin");
    const widgets = isAgent ? await services.ownDesk.widgetsOf(account) : [];
    return page({ id: account.id, isAgent, isAdmin, widgets }, {
      status: isAgent ? 200 : 403,
    });
  },
});

export default define.page<typeof handler>(({ data, state: { lang } }) => {
  const texts = DESK_LANGUAGES[lang];
  return (
    <>
      <Head>
        <title>{texts.title}</title>
        <link key="desk" rel="stylesheet" href={asset("/desk.css")} />
        <link rel="manifest" href={`/desk/manifest?lang=${lang}`} />
        <link rel="apple-touch-icon" href="/desk-192.png" />
      </Head>
      {data.isAgent
        ? (
          <Desk
            lang={lang}
            account={data.id}
            widgets={data.widgets}
            isAdmin={data.isAdmin}
          />
        )
        : <NoRole texts={texts} isAdmin={data.isAdmin} />}
    </>
  );
});

function NoRole(
  { texts: { noRole }, isAdmin }: {
    texts: (typeof DESK_LANGUAGES)["en"];
    isAdmin: boolean;
  },
) {
  const people = (
    <ButtonLink kind="primary" href="/admin/people">{noRole.people}</ButtonLink>
  );
  return (
    <EmptyState title={noRole.title} actions={isAdmin ? people : undefined}>
      <p>{noRole.text}</p>
      <p>{isAdmin ? noRole.admin : noRole.ask}</p>
    </EmptyState>
  );
}

import { page } from "fresh";
import { asset, Head } from "fresh/runtime";
import StatisticsPage from "@/islands/statistics_page.tsx";
import { ADMIN_LANGUAGES } from "@/lib/i18n/admin/languages.ts";
import { define } from "@/lib/web/state.ts";

/** Above this number the list is too long, so a widget has to be chosen
 * first. */
const AGENTS_MAX = 300;

export const handler = define.handlers({
  async GET({ url, state: { services } }) {
    const widgets = await services.widgets.withAgents();
    const agents = new Map<string, string>();
    for (const each of widgets) {
      for (const { address, name } of each.agents) agents.set(address, name);
    }
    const isMany = agents.size > AGENTS_MAX;
    return page({
      query: url.search.slice(1),
      widgets: widgets.map(({ uuid, name }) => ({ uuid, name })),
      agents: isMany
        ? []
        : [...agents].map(([address, name]) => ({ address, name })),
      now: services.clock.now(),
    });
  },
});

export default define.page<typeof handler>(({ data, state: { lang } }) => {
  const texts = ADMIN_LANGUAGES[lang];
  return (
    <>
      <Head>
        <title>{`${texts.statistics.title} · ${texts.common.product}`}</title>
        <link
          key="statistics"
          rel="stylesheet"
          href={asset("/statistics.css")}
        />
      </Head>
      <StatisticsPage language={{ lang, texts }} {...data} />
    </>
  );
});

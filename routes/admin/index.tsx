import { page } from "fresh";
import { Head } from "fresh/runtime";
import WidgetList from "@/islands/widget_list.tsx";
import { ADMIN_LANGUAGES } from "@/lib/i18n/admin/languages.ts";
import { define } from "@/lib/web/state.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const { services } = ctx.state;
    const widgets = await services.widgets.list();
    const [only] = widgets.length === 1 ? widgets : [];
    const loaded = only && await services.widgets.get(only.uuid);
    return page({ widgets, loaded: loaded === undefined ? [] : [loaded] });
  },
});

export default define.page<typeof handler>(({ data, state }) => {
  const { lang, publicUrl } = state;
  const texts = ADMIN_LANGUAGES[lang];
  return (
    <>
      <Head>
        <title>{`${texts.widgets.title} · ${texts.common.product}`}</title>
      </Head>
      <WidgetList
        language={{ lang, texts }}
        widgets={data.widgets}
        loaded={data.loaded}
        publicUrl={publicUrl}
      />
    </>
  );
});

import { page } from "fresh";
import { Head } from "fresh/runtime";
import WidgetList from "@/islands/widget_list.tsx";
import { ADMIN_LANGUAGES } from "@/lib/i18n/admin/languages.ts";
import { define } from "@/lib/web/state.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const widgets = await ctx.state.services.widgets.list();
    return page({ widgets });
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
        publicUrl={publicUrl}
      />
    </>
  );
});

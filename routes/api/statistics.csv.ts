import { refuse } from "@/lib/web/api_errors.ts";
import { define } from "@/lib/web/state.ts";
import { readStatisticsQuery } from "@/lib/web/statistics_query.ts";

export const handlers = define.handlers({
  async GET({ url, state: { services } }) {
    const query = readStatisticsQuery(url);
    if (!query.ok) return refuse(query.error);
    const { widget: uuid, agent = "" } = query.value;
    const widget = uuid === undefined
      ? ""
      : (await services.widgets.get(uuid))?.content.name ?? uuid;
    const csv = await services.statistics.csv(query.value, { widget, agent });
    if (!csv.ok) return refuse({ reason: "invalid", ...csv.error });
    return new Response(csv.value.text, {
      headers: {
        "content-type": "text/csv; charset=utf-8; header=present",
        "content-disposition": `attachment; filename="${csv.value.name}"`,
      },
    });
  },
});

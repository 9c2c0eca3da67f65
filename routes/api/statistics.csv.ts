import { refuse } from "@/lib/web/api_errors.ts";
import { download } from "@/lib/web/download.ts";
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
    const type = "text/csv; charset=utf-8; header=present";
    return download(csv.value.text, csv.value.name, type);
  },
});

import { refuse } from "@/lib/web/api_errors.ts";
import { define } from "@/lib/web/state.ts";
import { readStatisticsQuery } from "@/lib/web/statistics_query.ts";

export const handlers = define.handlers({
  async GET({ url, state: { services } }) {
    const query = readStatisticsQuery(url);
    if (!query.ok) return refuse(query.error);
    const view = await services.statistics.report(query.value);
    if (!view.ok) return refuse({ reason: "invalid", ...view.error });
    return Response.json(view.value);
  },
});

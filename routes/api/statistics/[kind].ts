import { refuse } from "@/lib/web/api_errors.ts";
import { define } from "@/lib/web/state.ts";
import { readStatisticsQuery } from "@/lib/web/statistics_query.ts";

const KINDS: Readonly<Record<string, "widget" | "agent">> = {
  widgets: "widget",
  agents: "agent",
};

export const handlers = define.handlers({
  async GET({ url, params, state: { services } }) {
    const kind = KINDS[params.kind ?? ""];
    if (kind === undefined) return refuse({ reason: "not-found" });
    const query = readStatisticsQuery(url);
    if (!query.ok) return refuse(query.error);
    const view = await services.statistics.shares(query.value, kind);
    if (!view.ok) return refuse({ reason: "invalid", ...view.error });
    return Response.json(view.value);
  },
});

import { refuse } from "@/lib/web/api_errors.ts";
import { define } from "@/lib/web/state.ts";

export const handlers = define.handlers({
  async GET({ params: { uuid = "" }, state: { services } }) {
    const versions = await services.widgets.versions(uuid);
    if (versions === undefined) return refuse({ reason: "not-found" });
    return Response.json({ versions });
  },
});

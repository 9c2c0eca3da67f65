import { refuse } from "@/lib/web/api_errors.ts";
import { define } from "@/lib/web/state.ts";

export const handlers = define.handlers({
  async GET({ params: { uuid = "", version = "" }, state: { services } }) {
    const found = /^[1-9][0-9]{0,8}$/.test(version)
      ? await services.widgets.version(uuid, Number(version))
      : undefined;
    return found ? Response.json(found) : refuse({ reason: "not-found" });
  },
});

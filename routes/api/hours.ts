import { OpeningHours } from "@/lib/model/hours.ts";
import { readJson } from "@/lib/web/api_body.ts";
import { refuse } from "@/lib/web/api_errors.ts";
import { define } from "@/lib/web/state.ts";

export const handlers = define.handlers({
  async POST({ req, state: { services } }) {
    const body = await readJson(req, OpeningHours);
    if (!body.ok) return refuse(body.error);
    const state = services.widgets.hoursState(body.value);
    return state.ok ? Response.json(state.value) : refuse(state.error);
  },
});

import { SaveWidget } from "@/lib/protocol/admin/messages.ts";
import { readJson } from "@/lib/web/api_body.ts";
import { refuse, refuseSave } from "@/lib/web/api_errors.ts";
import { authorOf, define } from "@/lib/web/state.ts";

export const handlers = define.handlers({
  async GET({ params: { uuid = "" }, state: { services } }) {
    const widget = await services.widgets.get(uuid);
    return widget ? Response.json(widget) : refuse({ reason: "not-found" });
  },

  async PUT({ req, params: { uuid = "" }, state }) {
    const body = await readJson(req, SaveWidget);
    if (!body.ok) return refuse(body.error);
    const saved = await state.services.widgets
      .save(uuid, body.value, authorOf(state));
    return saved.ok ? Response.json(saved.value) : refuseSave(saved.error);
  },

  async DELETE({ params: { uuid = "" }, state }) {
    const deleted = await state.services.widgets.delete(uuid, authorOf(state));
    if (!deleted.ok) return refuse(deleted.error);
    return new Response(null, { status: 204 });
  },
});

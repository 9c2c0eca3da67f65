import { SaveWidget } from "@/lib/protocol/admin/messages.ts";
import { readJson } from "@/lib/web/api_body.ts";
import { refuse } from "@/lib/web/api_errors.ts";
import { define } from "@/lib/web/state.ts";

export const handlers = define.handlers({
  async GET({ params: { uuid = "" }, state: { services } }) {
    const widget = await services.widgets.get(uuid);
    return widget ? Response.json(widget) : refuse({ reason: "not-found" });
  },

  async PUT({ req, params: { uuid = "" }, state: { services } }) {
    const body = await readJson(req, SaveWidget);
    if (!body.ok) return refuse(body.error);
    const saved = await services.widgets.save(uuid, body.value);
    if (saved.ok) return Response.json(saved.value);
    const { error } = saved;
    if (error.reason !== "no-picture") return refuse(error);
    return refuse({
      reason: "invalid",
      field: `content.agents.${error.agent}.picture`,
      text: "must be uploaded again",
    });
  },

  async DELETE({ params: { uuid = "" }, state: { services } }) {
    const deleted = await services.widgets.delete(uuid);
    if (!deleted.ok) return refuse(deleted.error);
    return new Response(null, { status: 204 });
  },
});

import { RestoreWidget } from "@/lib/protocol/admin/messages.ts";
import { readJson } from "@/lib/web/api_body.ts";
import { refuse, refuseSave } from "@/lib/web/api_errors.ts";
import { authorOf, define } from "@/lib/web/state.ts";

export const handlers = define.handlers({
  async POST({ req, params: { uuid = "" }, state }) {
    const body = await readJson(req, RestoreWidget);
    if (!body.ok) return refuse(body.error);
    const restored = await state.services.widgets
      .restore(uuid, body.value, authorOf(state));
    if (restored.ok) return Response.json(restored.value);
    return refuseSave(restored.error);
  },
});

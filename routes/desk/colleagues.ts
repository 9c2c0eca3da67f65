import * as v from "valibot";
import { WidgetUuid } from "@/lib/model/widget.ts";
import { COLLEAGUE_TEXT_MAX } from "@/lib/protocol/admin/colleagues.ts";
import { refuse } from "@/lib/web/api_errors.ts";
import { asAgent } from "@/lib/web/as_agent.ts";
import { define } from "@/lib/web/state.ts";

/** Returns the agents and teams to whom an agent can hand a chat over; see
 * lib/protocol/admin/colleagues.ts. */
export const handler = define.handlers({
  GET: ({ url, state }) =>
    asAgent(state, async (agent) => {
      const text = url.searchParams.get("text") ?? "";
      if (text.length > COLLEAGUE_TEXT_MAX) {
        const max = `must have at most ${COLLEAGUE_TEXT_MAX} characters`;
        return refuse({ reason: "invalid", field: "text", text: max });
      }
      const asked = url.searchParams.get("widget");
      const widget = v.is(WidgetUuid, asked) ? asked : undefined;
      const found = await state.services.colleagues
        .find(agent, { text, widget });
      return Response.json(found, { headers: { "cache-control": "no-store" } });
    }),
});

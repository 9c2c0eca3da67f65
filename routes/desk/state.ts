import { asAgent } from "@/lib/web/as_agent.ts";
import { define } from "@/lib/web/state.ts";

/** Returns an agent's presence and waiting visitors; see
 * lib/protocol/admin/desk_state.ts. */
export const handler = define.handlers({
  GET: ({ url, state }) =>
    asAgent(state, async (agent) => {
      const { ownDesk } = state.services;
      const now = await ownDesk.state(agent);
      const body = url.searchParams.has("widgets")
        ? { ...now, widgets: await ownDesk.widgetsOf(agent) }
        : now;
      return Response.json(body, { headers: { "cache-control": "no-store" } });
    }),
});

import { refuse } from "@/lib/web/api_errors.ts";
import { define } from "@/lib/web/state.ts";

/** Returns an agent's presence and waiting visitors; see
 * lib/protocol/admin/desk_state.ts. */
export const handler = define.handlers({
  async GET({ url, state: { account, services } }) {
    if (account === undefined) return refuse({ reason: "signed-out" });
    if (!account.roles.includes("agent")) {
      return refuse({ reason: "forbidden" });
    }
    const { ownDesk } = services;
    const state = await ownDesk.state(account);
    const body = url.searchParams.has("widgets")
      ? { ...state, widgets: await ownDesk.widgetsOf(account) }
      : state;
    return Response.json(body, { headers: { "cache-control": "no-store" } });
  },
});

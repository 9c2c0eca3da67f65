import { COLLEAGUE_TEXT_MAX } from "@/lib/protocol/admin/colleagues.ts";
import { refuse } from "@/lib/web/api_errors.ts";
import { define } from "@/lib/web/state.ts";

/** Returns the agents to whom an agent can hand a chat over; see
 * lib/protocol/admin/colleagues.ts. */
export const handler = define.handlers({
  async GET({ url, state: { account, services } }) {
    if (account === undefined) return refuse({ reason: "signed-out" });
    if (!account.roles.includes("agent")) {
      return refuse({ reason: "forbidden" });
    }
    const text = url.searchParams.get("text") ?? "";
    if (text.length > COLLEAGUE_TEXT_MAX) {
      const max = `must have at most ${COLLEAGUE_TEXT_MAX} characters`;
      return refuse({ reason: "invalid", field: "text", text: max });
    }
    const found = await services.colleagues.find(account, text);
    return Response.json(found, { headers: { "cache-control": "no-store" } });
  },
});

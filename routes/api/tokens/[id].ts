import { refuse } from "@/lib/web/api_errors.ts";
import { authorOf, define } from "@/lib/web/state.ts";

export const handlers = define.handlers({
  async DELETE({ params: { id = "" }, state }) {
    const isGone = await state.services.apiTokens.revoke(id, authorOf(state));
    if (!isGone) return refuse({ reason: "not-found" });
    return new Response(null, { status: 204 });
  },
});

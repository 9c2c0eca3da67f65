import { refuse } from "@/lib/web/api_errors.ts";
import { accountOf, define } from "@/lib/web/state.ts";

export const handlers = define.handlers({
  async GET({ params: { contact = "" }, state }) {
    const found = await state.services.blocks
      .blockable(contact, accountOf(state));
    if (found === undefined) return refuse({ reason: "not-found" });
    return Response.json(found);
  },
});

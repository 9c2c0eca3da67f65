import { refuse } from "@/lib/web/api_errors.ts";
import { define } from "@/lib/web/state.ts";

export const handlers = define.handlers({
  async GET({ state }) {
    const { pbx } = state.services;
    if (pbx === undefined) return refuse({ reason: "not-found" });
    return Response.json(await pbx.view(state.publicUrl));
  },
});

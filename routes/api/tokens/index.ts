import { NewToken } from "@/lib/protocol/admin/tokens.ts";
import { readJson } from "@/lib/web/api_body.ts";
import { refuse } from "@/lib/web/api_errors.ts";
import { authorOf, define } from "@/lib/web/state.ts";

export const handlers = define.handlers({
  async GET({ state: { services } }) {
    return Response.json({ tokens: await services.apiTokens.list() });
  },

  async POST({ req, state }) {
    const body = await readJson(req, NewToken);
    if (!body.ok) return refuse(body.error);
    const made = await state.services.apiTokens
      .create(body.value, authorOf(state));
    if (!made.ok) return refuse(made.error);
    return Response.json(made.value, { status: 201 });
  },
});

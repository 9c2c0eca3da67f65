import { SavePbxPassword } from "@/lib/protocol/admin/pbx.ts";
import { readJson } from "@/lib/web/api_body.ts";
import { refuse } from "@/lib/web/api_errors.ts";
import { authorOf, define } from "@/lib/web/state.ts";

export const handlers = define.handlers({
  async PUT({ req, state }) {
    const { pbx } = state.services;
    if (pbx === undefined) return refuse({ reason: "not-found" });
    const save = await readJson(req, SavePbxPassword);
    if (!save.ok) return refuse(save.error);
    await pbx.savePassword(save.value.password, authorOf(state));
    return Response.json(await pbx.view(state.publicUrl));
  },
});

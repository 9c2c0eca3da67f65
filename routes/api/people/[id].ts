import { SavePerson } from "@/lib/protocol/admin/messages.ts";
import { readJson } from "@/lib/web/api_body.ts";
import { refuse } from "@/lib/web/api_errors.ts";
import { authorOf, define } from "@/lib/web/state.ts";

export const handlers = define.handlers({
  async PUT({ req, params: { id = "" }, state }) {
    const body = await readJson(req, SavePerson);
    if (!body.ok) return refuse(body.error);
    const saved = await state.services.people
      .save(id, body.value, authorOf(state));
    if (!saved.ok) {
      const { error } = saved;
      if (error.reason === "no-role") {
        const text = "must have a role";
        return refuse({ reason: "invalid", field: "roles", text });
      }
      if (error.reason === "own-password") {
        const text = "needs the current one: change it at /account/password";
        return refuse({ reason: "invalid", field: "password", text });
      }
      if (error.reason === "of-pbx") {
        const text = "is the PBX's";
        return refuse({ reason: "invalid", field: error.field, text });
      }
      const field = error.reason === "exists" ? "name" : "roles";
      const isOfField = ["exists", "last-admin"].includes(error.reason);
      return refuse(isOfField ? { ...error, field } : error);
    }
    return Response.json(saved.value);
  },

  async DELETE({ params: { id = "" }, state }) {
    const deleted = await state.services.people.delete(id, authorOf(state));
    if (!deleted.ok) return refuse(deleted.error);
    return new Response(null, { status: 204 });
  },
});

import { NewPerson } from "@/lib/protocol/admin/messages.ts";
import { readJson } from "@/lib/web/api_body.ts";
import { refuse } from "@/lib/web/api_errors.ts";
import { authorOf, define } from "@/lib/web/state.ts";

export const handlers = define.handlers({
  async GET({ state: { services } }) {
    return Response.json({ people: await services.people.list() });
  },

  async POST({ req, state }) {
    const body = await readJson(req, NewPerson);
    if (!body.ok) return refuse(body.error);
    const made = await state.services.people
      .create(body.value, authorOf(state));
    if (made.ok) return Response.json(made.value, { status: 201 });
    return refuse(
      made.error.reason === "exists"
        ? { reason: "exists", field: "name" }
        : made.error,
    );
  },
});

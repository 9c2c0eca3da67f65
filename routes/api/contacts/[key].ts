import { refuse } from "@/lib/web/api_errors.ts";
import { download } from "@/lib/web/download.ts";
import { authorOf, define } from "@/lib/web/state.ts";

export const handlers = define.handlers({
  async GET({ params, url, state: { services } }) {
    const contacts = await services.contacts.visit(params.key ?? "");
    if (contacts.length === 0) return refuse({ reason: "not-found" });
    if (!url.searchParams.has("download")) return Response.json({ contacts });
    const text = JSON.stringify({ contacts }, null, 2) + "\n";
    return download(text, "contacts.json", "application/json");
  },

  async DELETE({ params, url, state }) {
    const keys = await state.services.contacts.delete(params.key ?? "", {
      whole: url.searchParams.has("visit"),
      by: authorOf(state),
    });
    if (keys.length === 0) return refuse({ reason: "not-found" });
    return Response.json({ keys });
  },
});

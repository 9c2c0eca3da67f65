import { ChangeInquiry } from "@/lib/protocol/admin/inquiries.ts";
import { readJson } from "@/lib/web/api_body.ts";
import { refuse } from "@/lib/web/api_errors.ts";
import { accountOf, authorOf, define } from "@/lib/web/state.ts";

export const handlers = define.handlers({
  async GET({ params, state }) {
    const { inquiries } = state.services;
    const found = await inquiries.get(params.number ?? "", accountOf(state));
    if (found === undefined) return refuse({ reason: "not-found" });
    return Response.json(found);
  },

  async PUT({ req, params, state }) {
    const change = await readJson(req, ChangeInquiry);
    if (!change.ok) return refuse(change.error);
    const { inquiries } = state.services;
    const number = params.number ?? "";
    const done = await inquiries.change(
      number,
      change.value,
      accountOf(state),
    );
    return done.ok ? Response.json(done.value) : refuse(done.error);
  },

  async DELETE({ params, state }) {
    if (!accountOf(state).roles.includes("admin")) {
      return refuse({ reason: "forbidden" });
    }
    const { inquiries } = state.services;
    const isDone = await inquiries.delete(
      params.number ?? "",
      authorOf(state),
    );
    if (!isDone) return refuse({ reason: "not-found" });
    return new Response(null, { status: 204 });
  },
});

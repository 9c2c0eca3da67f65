import { ActOnCallback } from "@/lib/protocol/admin/callbacks.ts";
import { readJson } from "@/lib/web/api_body.ts";
import { refuse } from "@/lib/web/api_errors.ts";
import { accountOf, define } from "@/lib/web/state.ts";

const BYTES_MAX = 4 * 1024;

export const handlers = define.handlers({
  async PUT({ req, params: { number = "" }, state }) {
    const act = await readJson(req, ActOnCallback, BYTES_MAX);
    if (!act.ok) return refuse(act.error);
    const { callbacks } = state.services;
    const agent = accountOf(state);
    const done = await callbacks.act(number, act.value, agent);
    if (!done.ok) return refuse(done.error);
    return Response.json({ callbacks: await callbacks.dueFor(agent) });
  },
});

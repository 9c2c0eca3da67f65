import { asAgent } from "@/lib/web/as_agent.ts";
import { deleteReply, saveReply } from "@/lib/web/reply_routes.ts";
import { define } from "@/lib/web/state.ts";

export const handlers = define.handlers({
  PUT: ({ req, params: { id = "" }, state }) =>
    asAgent(state, () => saveReply(id, { req, state, isShared: false })),

  DELETE: ({ params: { id = "" }, state }) =>
    asAgent(state, () => deleteReply(id, { state, isShared: false })),
});

import { asAgent } from "@/lib/web/as_agent.ts";
import { createReply } from "@/lib/web/reply_routes.ts";
import { accountOf, define } from "@/lib/web/state.ts";

export const handlers = define.handlers({
  async GET({ state }) {
    const { savedReplies } = state.services;
    return Response.json(await savedReplies.listFor(accountOf(state)));
  },

  POST: ({ req, state }) =>
    asAgent(state, () => createReply({ req, state, isShared: false })),
});

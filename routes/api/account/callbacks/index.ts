import { accountOf, define } from "@/lib/web/state.ts";

export const handlers = define.handlers({
  async GET({ state }) {
    const { callbacks } = state.services;
    const due = await callbacks.dueFor(accountOf(state));
    return Response.json({ callbacks: due });
  },
});

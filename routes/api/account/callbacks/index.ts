import { ownAccount } from "@/lib/web/own_account.ts";
import { define } from "@/lib/web/state.ts";

export const handlers = define.handlers({
  async GET({ state }) {
    const { callbacks } = state.services;
    const due = await callbacks.dueFor(ownAccount(state));
    return Response.json({ callbacks: due });
  },
});

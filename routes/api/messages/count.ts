import { accountOf, define } from "@/lib/web/state.ts";

export const handlers = define.handlers({
  async GET({ state }) {
    return Response.json(
      await state.services.inquiries.count(accountOf(state)),
    );
  },
});

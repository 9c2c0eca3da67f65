import { define } from "@/lib/web/state.ts";

export const handlers = define.handlers({
  async POST({ state: { services } }) {
    return Response.json(await services.mails.retry());
  },
});

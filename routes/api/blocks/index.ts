import { define } from "@/lib/web/state.ts";

export const handlers = define.handlers({
  async GET({ state: { services } }) {
    return Response.json({ blocks: await services.blocks.list() });
  },
});

import { createReply } from "@/lib/web/reply_routes.ts";
import { define } from "@/lib/web/state.ts";

export const handlers = define.handlers({
  POST: ({ req, state }) => createReply({ req, state, isShared: true }),
});

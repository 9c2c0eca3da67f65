import { deleteReply, saveReply } from "@/lib/web/reply_routes.ts";
import { define } from "@/lib/web/state.ts";

export const handlers = define.handlers({
  PUT: ({ req, params: { id = "" }, state }) =>
    saveReply(id, { req, state, isShared: true }),

  DELETE: ({ params: { id = "" }, state }) =>
    deleteReply(id, { state, isShared: true }),
});

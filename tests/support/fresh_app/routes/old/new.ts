import { define } from "../../define.ts";

export const handlers = define.handlers({
  GET: (ctx) => ctx.json({ new: true }),
  DELETE: () => new Response(null, { status: 204 }),
});

import { define } from "../../define.ts";

export const handlers = define.handlers({
  GET: () => Response.json({ new: true }),
  DELETE: () => new Response(null, { status: 204 }),
});

import { define } from "../../define.ts";

export default define.middleware(async (ctx) => {
  ctx.state.trail.push("admin");
  const response = await ctx.next();
  response.headers.set("x-admin", "yes");
  return response;
});

import { define } from "../define.ts";

export default define.middleware([
  (ctx) => {
    ctx.state.trail = ["root"];
    return ctx.next();
  },
  (ctx) => {
    ctx.state.trail.push("root again");
    return ctx.next();
  },
]);

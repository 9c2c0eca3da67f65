import { homeOf } from "@/lib/web/home.ts";
import { define } from "@/lib/web/state.ts";

export const handler = define.handlers({
  GET(ctx) {
    const { account } = ctx.state;
    return ctx.redirect(account === undefined ? "/login" : homeOf(account));
  },
});

import { signInFirst } from "@/lib/web/sign_in_first.ts";
import { define } from "@/lib/web/state.ts";

/** Admits every signed-in user, each to their own account. */
export default define.middleware((ctx) =>
  ctx.state.account === undefined ? signInFirst(ctx) : ctx.next()
);

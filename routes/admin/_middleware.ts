import { HttpError } from "fresh";
import { signInFirst } from "@/lib/web/sign_in_first.ts";
import { define } from "@/lib/web/state.ts";

/** Admits administrators, and explains to other users what to do. */
export default define.middleware((ctx) => {
  const { account } = ctx.state;
  if (account === undefined) return signInFirst(ctx);
  if (!account.roles.includes("admin")) throw new HttpError(403);
  return ctx.next();
});

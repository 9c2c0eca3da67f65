import { HttpError } from "fresh";
import { isInFrame } from "@/lib/web/frames.ts";
import { define } from "@/lib/web/state.ts";

/** Administrators come through; everybody else learns what to do. */
export default define.middleware((ctx) => {
  const { account } = ctx.state;
  if (account === undefined) {
    const { pathname, search } = ctx.url;
    const query = new URLSearchParams({ next: pathname + search });
    // In a frame of a PBX the client signs in again by itself.
    const door = isInFrame(ctx.req) ? "/myapps" : "/login";
    return ctx.redirect(`${door}?${query}`, 303);
  }
  if (!account.roles.includes("admin")) throw new HttpError(403);
  return ctx.next();
});

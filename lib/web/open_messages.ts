import type { Middleware } from "fresh";
import type { State } from "./state.ts";

/** Counts the messages for the navigation of a page. A page must not fail because
 * this number is unknown. */
export const countOpenMessages: Middleware<State> = async (ctx) => {
  const { account, services } = ctx.state;
  const { method } = ctx.req;
  const isPage = /^(GET|HEAD)$/.test(method) &&
    !/^\/(api|preview)\/|^\/desk\/state$/.test(ctx.url.pathname);
  if (isPage && account !== undefined && !account.mustChangePassword) {
    ctx.state.openMessages = await services.inquiries.count(account)
      .then(({ open }) => open, () => 0);
  }
  return await ctx.next();
};

import type { Context } from "fresh";
import { isInFrame } from "./frames.ts";
import type { State } from "./state.ts";

/** Redirects to the sign-in, and back afterwards. */
export function signInFirst(ctx: Context<State>): Response {
  const { pathname, search } = ctx.url;
  const query = new URLSearchParams({ next: pathname + search });
  // In a frame of the PBX, the client signs in again automatically.
  const path = isInFrame(ctx.req) ? "/myapps" : "/login";
  return ctx.redirect(`${path}?${query}`, 303);
}

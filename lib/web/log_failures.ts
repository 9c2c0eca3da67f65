import { HttpError, type Middleware } from "fresh";
import type { State } from "./state.ts";

/** Logs unexpected errors, and passes them on to the error page. Only the log
 * gets the stack. */
export const logFailures: Middleware<State> = async (ctx) => {
  try {
    return await ctx.next();
  } catch (error) {
    const isHttp = error instanceof HttpError;
    if (!isHttp || error.status >= 500) {
      const why = isHttp ? error.cause ?? error : error;
      console.error(`${ctx.req.method} ${ctx.url.pathname} failed:`, why);
    }
    throw error;
  }
};

import { HttpError, MethodNotAllowed, statusOf } from "./http_error.ts";
import type { Context } from "./context.ts";
import type { Step } from "./router.ts";

/** Answers an error; null passes it to the next outer error page. */
export type Show = (
  ctx: Context<unknown>,
  error: unknown,
) => Promise<Response> | null;

/** Catches errors of the rest of the chain; `show` creates the response. */
export function boundary(show: Show): Step {
  return async (ctx) => {
    try {
      return await ctx.next();
    } catch (error) {
      logOnce(error, ctx.req);
      const before = ctx.error;
      ctx.error = error;
      const response = show(ctx, error);
      if (response !== null) return allowing(await response, error);
      ctx.error = before;
      throw error;
    }
  };
}

/** Returns the response if there is no error page, or if the error page
 * failed. */
export function plainAnswer(error: unknown, req: Request): Response {
  logOnce(error, req);
  const status = statusOf(error);
  const known = error instanceof HttpError && error.message;
  const text = known || (status === 404 ? "Not found" : `Error ${status}`);
  return allowing(new Response(text, { status }), error);
}

/** RFC 9110, 15.5.6: a 405 lists the allowed methods. */
function allowing(response: Response, error: unknown): Response {
  if (error instanceof MethodNotAllowed) {
    response.headers.set("allow", error.allow);
  }
  return response;
}

const logged = new WeakSet<object>();

/** Logs unexpected errors; only the log gets the stack. */
function logOnce(error: unknown, req: Request): void {
  if (error instanceof HttpError && error.status < 500) return;
  if (typeof error === "object" && error !== null) {
    if (logged.has(error)) return;
    logged.add(error);
  }
  const why = error instanceof HttpError ? error.cause ?? error : error;
  console.error(`${req.method} ${new URL(req.url).pathname} failed:`, why);
}

import { HttpError, type Middleware } from "fresh";
import { getLogger } from "@logtape/logtape";
import { err, ok, type Result } from "@/lib/base/result.ts";
import { StoreError } from "@/lib/store/patience.ts";
import type { State } from "./state.ts";

const log = getLogger(["widgets", "http"]);

/** Makes failures of the store a 503, whose error page gives the reason. */
export const storeFaults: Middleware<State> = async (ctx) => {
  return await asUnavailable(ctx.next());
};

/** Passes a result on; a failure of the store becomes an HttpError 503. */
export async function asUnavailable<T>(running: Promise<T>): Promise<T> {
  try {
    return await running;
  } catch (cause) {
    if (cause instanceof StoreError) throw new HttpError(503, "", { cause });
    throw cause;
  }
}

/** Returns the result of `run`, or the reason for the user if the store fails,
 * for answers that are not the error page. Logs the failure. */
export async function ifAvailable<T>(
  { method, url }: Pick<Request, "method" | "url">,
  run: () => Promise<T>,
): Promise<Result<T, { reason: "unavailable" }>> {
  try {
    return ok(await run());
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    log.error("Cannot answer {method} {pathname}: {error}", {
      method,
      pathname: new URL(url).pathname,
      error,
    });
    return err({ reason: "unavailable" });
  }
}

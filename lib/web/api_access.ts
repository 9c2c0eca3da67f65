import { HttpError, type Middleware } from "fresh";
import { getLogger } from "@logtape/logtape";
import { StoreError } from "@/lib/store/patience.ts";
import { refuse } from "./api_errors.ts";
import type { State } from "./state.ts";

const log = getLogger(["widgets", "api"]);

/** Maximum length of an id; a longer one is not looked up in the store. */
const ID_LENGTH_MAX = 64;

/** Everything below it belongs to the requesting user: the own account, and the
 * messages that the user can see. */
const OWN = ["/api/account", "/api/messages"];

/** Admits administrators, and at {@linkcode OWN} all signed-in users. */
export const whoMay: Middleware<State> = async (ctx) => {
  const { account } = ctx.state;
  const { pathname } = ctx.url;
  if (account === undefined) return refuse({ reason: "signed-out" });
  const isOwn = OWN.some((own) =>
    pathname === own || pathname.startsWith(`${own}/`)
  );
  if (!isOwn && !account.roles.includes("admin")) {
    return refuse({ reason: "forbidden" });
  }
  return await ctx.next();
};

/** Logs an exception and answers without its details; disables caching. */
export const faultsAsJson: Middleware<State> = async (ctx) => {
  try {
    const ids = Object.values(ctx.params);
    const isKnown = ids.every((id) => id.length <= ID_LENGTH_MAX);
    const response = isKnown
      ? await ctx.next()
      : refuse({ reason: "not-found" });
    if (!response.headers.has("cache-control")) {
      response.headers.set("cache-control", "no-store");
    }
    return response;
  } catch (error) {
    // The client has disconnected, so skip the response.
    if (error instanceof HttpError || ctx.req.signal.aborted) throw error;
    const { method } = ctx.req;
    const { pathname } = ctx.url;
    log.error("Cannot answer {method} {pathname}: {error}", {
      method,
      pathname,
      error,
    });
    return refuse({
      reason: error instanceof StoreError ? "unavailable" : "internal",
    });
  }
};

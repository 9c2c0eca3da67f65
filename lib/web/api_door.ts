import { HttpError, type Middleware } from "fresh";
import { getLogger } from "@logtape/logtape";
import { StoreError } from "@/lib/store/patience.ts";
import { refuse } from "./api_errors.ts";
import type { State } from "./state.ts";

const log = getLogger(["widgets", "api"]);

/** No id has more characters; a longer one is not worth a look in the store. */
const ID_LENGTH_MAX = 64;

/** What is below it is one's own: the account of the one who asks. */
const OWN = "/api/account";

/** Administrators come through, and at {@linkcode OWN} all who are signed in. */
export const whoMay: Middleware<State> = async (ctx) => {
  const { account } = ctx.state;
  const { pathname } = ctx.url;
  if (account === undefined) return refuse({ reason: "signed-out" });
  const isOwn = pathname === OWN || pathname.startsWith(`${OWN}/`);
  if (!isOwn && !account.roles.includes("admin")) {
    return refuse({ reason: "forbidden" });
  }
  return await ctx.next();
};

/** A fault is logged here and said without its details; nothing is cached. */
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
    // Who has left does not hear the answer.
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

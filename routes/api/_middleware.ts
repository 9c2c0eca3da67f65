import { faultsAsJson, whoMay } from "@/lib/web/api_access.ts";
import { isTokenApi } from "@/lib/web/api_paths.ts";
import { define, type State } from "@/lib/web/state.ts";
import type { Middleware } from "fresh";

/** Programs have tokens instead of an account, and get problems of RFC 9457. */
const forPages = (middleware: Middleware<State>): Middleware<State> => (ctx) =>
  isTokenApi(ctx.url) ? ctx.next() : middleware(ctx);

export default define.middleware([faultsAsJson, whoMay].map(forPages));

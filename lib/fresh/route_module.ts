import type { RouteFile } from "./build_cache.ts";
import type { Context } from "./context.ts";
import type { AnyPage } from "./render.ts";
import type { Step } from "./router.ts";
import type { Method, RouteConfig } from "./types.ts";

export type AnyHandler = (ctx: Context<unknown>) => unknown;

/** The exports of a file under `routes/`, sorted by purpose. */
export interface RouteModule {
  page: AnyPage | null;
  handlers: Map<Method | "ALL", AnyHandler>;
  config: RouteConfig;
}

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"] as const;

/** Reads a route file. Throws if it exports neither a handler nor a page. */
export function routeModule({ path, module }: RouteFile): RouteModule {
  const page = isFunction(module["default"]) ? module["default"] : null;
  const handlers = handlersIn(module["handler"] ?? module["handlers"]);
  if (page === null && handlers.size === 0) {
    throw new TypeError(`Cannot use routes/${path}: no handler and no page`);
  }
  return { page, handlers, config: configIn(module["config"]) };
}

/** Returns the exports of a `_middleware` file: one function or an array of
 * them. */
export function middlewaresIn({ path, module }: RouteFile): Step[] {
  const exported = module["default"] ?? module["handler"] ??
    module["middleware"];
  return (Array.isArray(exported) ? exported : [exported]).map((step) => {
    if (isStep(step)) return step;
    throw new TypeError(`Cannot use routes/${path}: no middleware`);
  });
}

function handlersIn(exported: unknown): RouteModule["handlers"] {
  const handlers: RouteModule["handlers"] = new Map();
  if (isFunction(exported)) return handlers.set("ALL", exported);
  if (typeof exported !== "object" || exported === null) return handlers;
  const byMethod: Record<string, unknown> = { ...exported };
  for (const method of METHODS) {
    const handler = byMethod[method];
    if (isFunction(handler)) handlers.set(method, handler);
  }
  return handlers;
}

function configIn(exported: unknown): RouteConfig {
  return typeof exported === "object" && exported !== null ? exported : {};
}

function isFunction(value: unknown): value is AnyPage & AnyHandler {
  return typeof value === "function";
}

function isStep(value: unknown): value is Step {
  return typeof value === "function";
}

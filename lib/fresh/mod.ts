/**
 * The part of Fresh 2 that the product uses, with Fresh's own names. It behaves
 * as https://fresh.deno.dev/docs says; the product doesn't need the rest.
 */
export { App, type Handler, setBuildCache } from "./app.ts";
export { type BuildCache, loadBuild } from "./build_cache.ts";
export { Context, type Context as FreshContext } from "./context.ts";
export { csp, type CspOptions as CSPOptions } from "./csp.ts";
export { csrf, type CsrfOptions } from "./csrf.ts";
export { createDefine, type Define, page, type RouteData } from "./define.ts";
export { HttpError } from "./http_error.ts";
export { staticFiles } from "./static_files.ts";
export type {
  FreshConfig,
  HandlerByMethod,
  HandlerFn,
  Handlers,
  LayoutConfig,
  Method,
  Middleware,
  PageProps,
  PageResponse,
  RequestInfo,
  RouteConfig,
  RouteHandler,
} from "./types.ts";

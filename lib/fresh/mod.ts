/**
 * The part of Fresh 2 that the product uses, with Fresh's own names. It behaves
 * as https://fresh.deno.dev/docs says, except for the differences in SPEC.md.
 */
export { App } from "./app.ts";
export type { Context } from "./context.ts";
export { csp } from "./csp.ts";
export { csrf } from "./csrf.ts";
export { createDefine, page } from "./define.ts";
export { HttpError } from "./http_error.ts";
export { staticFiles } from "./static_files.ts";
export type { Middleware, RouteConfig } from "./types.ts";

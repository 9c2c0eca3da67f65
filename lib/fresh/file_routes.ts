import { HttpError, statusOf } from "./http_error.ts";
import type { RouteFile } from "./prod_build_cache.ts";
import { type AnyPage, renderPage } from "./render.ts";
import type { Step } from "./router.ts";
import type { PageResponse, RouteConfig } from "./types.ts";

export interface FileRoutes {
  routes: { pattern: string; steps: Step[] }[];
  /** The middlewares of the top folder, which also run for unknown URLs. */
  middlewares: Step[];
  /** Renders the error page; null if there is none. */
  showError: Step | null;
}

/** Creates routes from the files of `routes/`. */
export function fileRoutes(files: RouteFile[]): FileRoutes {
  const modules = new Map(
    files.map(({ path, module }) => [path.replace(/\.tsx?$/, ""), module]),
  );
  const middlewaresAt = (folder: string) =>
    middlewaresIn(modules.get(folder + "_middleware"));
  const pageAt = (path: string) => pageIn(modules.get(path));
  const frameFor = (config: RouteConfig) =>
    [
      config.skipInheritedLayouts ? null : pageAt("_layout"),
      config.skipAppWrapper ? null : pageAt("_app"),
    ].filter((page) => page !== null);
  const endpoints = [...modules].filter(([path]) => !/(^|\/)_/.test(path));
  const error = modules.get("_error");
  const errorPage = pageIn(error);
  return {
    routes: endpoints.map(([path, module]) => ({
      pattern: patternOf(path),
      steps: [
        ...foldersOf(path).flatMap(middlewaresAt),
        endpoint(module, frameFor(configIn(module))),
      ],
    })),
    middlewares: middlewaresAt(""),
    showError: errorPage && ((ctx) =>
      renderPage(ctx, errorPage, {
        frame: frameFor(configIn(error)),
        data: undefined,
        init: { status: statusOf(ctx.error) },
      })),
  };
}

type Module = RouteFile["module"];
type AnyHandler = (ctx: unknown) => unknown;

/** Returns the last step of a chain: the handler of the method, then the page
 * with its data. */
function endpoint(module: Module, frame: AnyPage[]): Step {
  const page = pageIn(module);
  const handlers = handlersIn(module);
  return async (ctx) => {
    const method = ctx.req.method === "HEAD" ? "GET" : ctx.req.method;
    const handler = handlers.get(ctx.req.method) ?? handlers.get(method);
    const isAnswered = handler || page && method === "GET";
    if (!isAnswered) throw new HttpError(404, "Not found");
    const result = handler ? await handler(ctx) : { data: undefined };
    if (result instanceof Response) return result;
    if (page === null || !isPageResponse(result)) {
      throw new TypeError(`Cannot answer ${ctx.route}: no Response, no page`);
    }
    const { data, ...init } = result;
    return renderPage(ctx, page, { frame, data, init });
  };
}

/** Returns the pattern of a route file: `blog/[slug]` becomes `/blog/:slug`. */
function patternOf(path: string): string {
  return "/" + path.replace(/(^|\/)index$/, "").replace(/\[(\w+)\]/g, ":$1");
}

/** Returns the folders on the path to a file: `["", "a/", "a/b/"]`. */
function foldersOf(path: string): string[] {
  const parts = path.split("/").slice(0, -1);
  return ["", ...parts.map((_, i) => parts.slice(0, i + 1).join("/") + "/")];
}

function pageIn(module: Module | undefined): AnyPage | null {
  const page = module?.["default"];
  return isFunction(page) ? page : null;
}

function handlersIn(module: Module): Map<string, AnyHandler> {
  const exported = module["handlers"] ?? module["handler"];
  const handlers = new Map<string, AnyHandler>();
  if (typeof exported !== "object" || exported === null) return handlers;
  for (const [method, handler] of Object.entries(exported)) {
    if (isFunction(handler)) handlers.set(method, handler);
  }
  return handlers;
}

function middlewaresIn(module: Module | undefined): Step[] {
  return [module?.["default"] ?? []].flat().filter(isFunction);
}

function configIn(module: Module | undefined): RouteConfig {
  const config = module?.["config"];
  return typeof config === "object" && config !== null ? config : {};
}

function isFunction(value: unknown): value is AnyPage & AnyHandler & Step {
  return typeof value === "function";
}

function isPageResponse(value: unknown): value is PageResponse<unknown> {
  return typeof value === "object" && value !== null && "data" in value;
}

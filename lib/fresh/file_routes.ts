import type { RouteFile } from "./build_cache.ts";
import { boundary, type Show } from "./errors.ts";
import { statusOf } from "./http_error.ts";
import { isResponse } from "./is_response.ts";
import { bySpecificity, patternOf } from "./patterns.ts";
import {
  type AnyPage,
  type Frame,
  type PageInit,
  renderPage,
} from "./render.ts";
import {
  type AnyHandler,
  middlewaresIn,
  type RouteModule,
  routeModule,
} from "./route_module.ts";
import type { Endpoint, Step } from "./router.ts";
import type { Method, PageResponse } from "./types.ts";

export interface FileRoutes {
  routes: FileRoute[];
  /** Error pages and middlewares of the top folder, which also apply to unknown
   * URLs. */
  root: Step[];
  catchers: Step[];
}

export interface FileRoute {
  method: Method | "ALL";
  pattern: string;
  endpoint: Endpoint;
}

type FrameAt = (url: URL) => Frame;

/** Creates routes from files; `outer` is the app's frame for them. */
export function fileRoutes(
  files: RouteFile[],
  prefix: string,
  outer: FrameAt,
): FileRoutes {
  const tree = new Tree(files, outer);
  const pages = files
    .filter(({ path }) => !nameOf(path).startsWith("_"))
    .map((file) => {
      const module = routeModule(file);
      const pattern = module.config.routeOverride ?? patternOf(file.path);
      const mounted = (prefix + pattern).replace(/(?<=.)\/$/, "");
      return { folder: folderOf(file.path), pattern: mounted, module };
    })
    .sort((a, b) => bySpecificity(a.pattern, b.pattern));
  return {
    routes: pages.flatMap(({ folder, pattern, module }) =>
      routesOf(module, tree, folder).map((route) => ({ pattern, ...route }))
    ),
    root: tree.stepsAt(""),
    catchers: tree.catchersIn(""),
  };
}

/** The underscore files of the folders. */
class Tree {
  readonly #files: Map<string, RouteFile>;
  readonly #outer: FrameAt;
  readonly #catchers = new Map<string, Step[]>();

  constructor(files: RouteFile[], outer: FrameAt) {
    this.#files = new Map(
      files.map((file) => [file.path.replace(/\.[jt]sx?$/, ""), file]),
    );
    this.#outer = outer;
  }

  /** Returns the error pages and middlewares on the path to the folder. */
  stepsAt(folder: string): Step[] {
    return wayTo(folder).flatMap((at) => {
      const file = this.#files.get(at + "_middleware");
      const middlewares = file ? middlewaresIn(file) : [];
      return [...this.catchersIn(at), ...middlewares];
    });
  }

  /** Returns the error pages of one folder as a step around everything below
   * it. */
  catchersIn(folder: string): Step[] {
    const known = this.#catchers.get(folder) ?? this.#makeCatchers(folder);
    this.#catchers.set(folder, known);
    return known;
  }

  #makeCatchers(folder: string): Step[] {
    const general = this.#module(folder + "_error");
    const notFound = this.#module(folder + "_404") ?? general;
    const failed = this.#module(folder + "_500") ?? general;
    if (!notFound && !failed) return [];
    const show: Show = (ctx, error) => {
      const module = statusOf(error) === 404 ? notFound : failed;
      if (!module?.page) return null;
      ctx.frame = this.frameAt(folder, module.config)(ctx.url);
      return renderPage(ctx, module.page, EMPTY);
    };
    return [boundary(show)];
  }

  /** Returns the app wrapper and the layouts on the path to the folder. */
  frameAt(folder: string, config: RouteModule["config"]): FrameAt {
    const own = wayTo(folder).flatMap((at) => {
      const layout = this.#module(at + "_layout");
      if (!layout?.page) return [];
      return [{ component: layout.page, config: layout.config }];
    });
    const app = this.#module("_app")?.page;
    return (url) => {
      const { wrapper, layouts } = this.#outer(url);
      return {
        wrapper: config.skipAppWrapper ? null : app ?? wrapper,
        layouts: config.skipInheritedLayouts ? [] : [...layouts, ...own],
      };
    };
  }

  #module(path: string): RouteModule | undefined {
    const file = this.#files.get(path);
    return file && routeModule(file);
  }
}

const EMPTY: PageInit = { data: undefined, init: {}, config: {} };

function routesOf(
  { page, handlers, config }: RouteModule,
  tree: Tree,
  folder: string,
): Omit<FileRoute, "pattern">[] {
  const before = tree.stepsAt(folder);
  const frame = tree.frameAt(folder, config);
  const render: Step[] = page ? [(ctx) => renderPage(ctx, page, EMPTY)] : [];
  const answers = [...handlers].map(([method, handler]) => ({
    method,
    own: [answering(handler, page), ...render],
  }));
  const shown = handlers.has("ALL") || handlers.has("GET") || page === null
    ? []
    : [{ method: "GET" as const, own: render }];
  return [...answers, ...shown].map(({ method, own }) => ({
    method,
    endpoint: { steps: () => [...before, ...own], frame },
  }));
}

/** If a handler returns data, the page of its file is rendered with it. */
function answering(handler: AnyHandler, page: AnyPage | null): Step {
  return async (ctx) => {
    const result = await handler(ctx);
    if (isResponse(result)) return result;
    if (page === null || !isPageResponse(result)) {
      throw new TypeError(`Cannot answer ${ctx.route}: no Response, no page`);
    }
    const { data, ...init } = result;
    return renderPage(ctx, page, { data, init, config: {} });
  };
}

function isPageResponse(value: unknown): value is PageResponse<unknown> {
  return typeof value === "object" && value !== null && "data" in value;
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** Returns the folder with its trailing slash; the top folder is empty. */
function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/") + 1);
}

/** Splits `a/b/` into `["", "a/", "a/b/"]`. */
function wayTo(folder: string): string[] {
  const parts = folder.split("/").slice(0, -1);
  return ["", ...parts.map((_, i) => parts.slice(0, i + 1).join("/") + "/")];
}

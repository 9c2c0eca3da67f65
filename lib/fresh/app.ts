import type { BuildCache } from "./build_cache.ts";
import { compile, type Item } from "./compile.ts";
import { Context } from "./context.ts";
import { boundary, plainAnswer } from "./errors.ts";
import { HttpError } from "./http_error.ts";
import { isResponse } from "./is_response.ts";
import { pathMatcher } from "./patterns.ts";
import type { Match, Router, Step } from "./router.ts";
import { installServerVNodes } from "./server_vnodes.ts";
import type {
  FreshConfig,
  LayoutConfig,
  Method,
  Middleware,
  PageComponent,
  RequestInfo,
} from "./types.ts";

export type Handler = (
  req: Request,
  info?: RequestInfo,
) => Promise<Response>;

const builds = new WeakMap<object, BuildCache>();

/** Sets the app's routes, islands and static files; call it before
 * `handler()`. */
export function setBuildCache(app: object, build: BuildCache): void {
  builds.set(app, build);
}

/** Passes requests through middlewares, handlers and pages, from top to
 * bottom. */
export class App<State> {
  readonly #config: FreshConfig;
  readonly #items: Item[] = [];

  constructor(config: Partial<FreshConfig> = {}) {
    this.#config = { mode: "production", ...config };
    installServerVNodes();
  }

  /** Adds middlewares for everything that is added later, or for one path and
   * below. */
  use(...middlewares: Middleware<State>[]): this;
  use(path: string, ...middlewares: Middleware<State>[]): this;
  use(...args: (string | Middleware<State>)[]): this {
    const path = typeof args[0] === "string" ? args[0] : "*";
    for (const middleware of args) {
      if (typeof middleware !== "string") this.#around(path, step(middleware));
    }
    return this;
  }

  get(path: string, ...handlers: Middleware<State>[]): this {
    return this.#route("GET", path, handlers);
  }

  post(path: string, ...handlers: Middleware<State>[]): this {
    return this.#route("POST", path, handlers);
  }

  put(path: string, ...handlers: Middleware<State>[]): this {
    return this.#route("PUT", path, handlers);
  }

  patch(path: string, ...handlers: Middleware<State>[]): this {
    return this.#route("PATCH", path, handlers);
  }

  delete(path: string, ...handlers: Middleware<State>[]): this {
    return this.#route("DELETE", path, handlers);
  }

  head(path: string, ...handlers: Middleware<State>[]): this {
    return this.#route("HEAD", path, handlers);
  }

  /** Adds a handler for every method without another handler at the path. */
  all(path: string, ...handlers: Middleware<State>[]): this {
    return this.#route("ALL", path, handlers);
  }

  /** Adds the files of `routes/`, all of them below `path`. */
  fsRoutes(path = "*"): this {
    const prefix = path.replace(/\/?\*?$/, "");
    this.#items.push({ kind: "files", prefix });
    return this;
  }

  /** Sets the document around every page that is added later. */
  appWrapper(component: PageComponent<unknown, State>): this {
    this.#items.push({ kind: "wrapper", component });
    return this;
  }

  layout(
    path: string,
    component: PageComponent<unknown, State>,
    config: LayoutConfig = {},
  ): this {
    const covers = pathMatcher(path);
    this.#items.push({ kind: "layout", covers, component, config });
    return this;
  }

  /** Adds an error page for errors below the path, which are in `ctx.error`. */
  onError(handler: Middleware<State>): this;
  onError(path: string, handler: Middleware<State>): this;
  onError(...args: [Middleware<State>] | [string, Middleware<State>]): this {
    const [path, handler] = args.length === 2 ? args : ["*", args[0]];
    const show = step(handler);
    const caught = boundary(async (ctx) => await show(ctx));
    return this.#around(path, caught, true);
  }

  /** Sets the handler for every 404, thrown or because no route matched. */
  notFound(handler: Middleware<State>): this {
    const show = step(handler);
    const caught = boundary((ctx, error) =>
      error instanceof HttpError && error.status === 404
        ? Promise.resolve(show(ctx))
        : null
    );
    return this.#around("*", caught, true);
  }

  /** Lists everything that has a handler or a page, as `GET /widgets/:uuid`. */
  routes(): string[] {
    return compile(this.#items, builds.get(this) ?? null).router.list();
  }

  /** Returns the function for a server or a test. It never rejects. */
  handler(): Handler {
    const build = builds.get(this) ?? null;
    const { router, unmatched, catchers } = compile(this.#items, build);
    const config = this.#config;
    return async (req, info = NOBODY) => {
      const url = new URL(req.url);
      const match = matchOf(router, req, url);
      const { steps, frame } = match.endpoint ?? unmatched;
      const ctx = new Context<unknown>(
        { ...match, req, url, info, config, frame: frame(url), build },
        {},
      );
      const chain = match.endpoint
        ? steps(url)
        : [...steps(url), failing(match.error)];
      const response = await answer(ctx, chain, catchers(url));
      return req.method === "HEAD" ? withoutBody(response) : response;
    };
  }

  #around(path: string, step: Step, catches = false): this {
    const covers = pathMatcher(path);
    this.#items.push({ kind: "step", step, covers, catches });
    return this;
  }

  #route(
    method: Method | "ALL",
    pattern: string,
    handlers: Middleware<State>[],
  ): this {
    const steps = handlers.map(step);
    this.#items.push({ kind: "route", method, pattern, steps });
    return this;
  }
}

const NOBODY: RequestInfo = {
  remoteAddr: { transport: "tcp", hostname: "127.0.0.1", port: 0 },
};

/** Inside a chain, the state of its app is unknown. */
function step<State>(middleware: Middleware<State>): Step {
  return middleware as unknown as Step;
}

type Found =
  | Match
  | {
    endpoint: null;
    route: null;
    params: Record<string, never>;
    error: unknown;
  };

function matchOf(router: Router, req: Request, url: URL): Found {
  const none = { endpoint: null, route: null, params: {} };
  try {
    const match = router.match(req.method, url);
    return match ?? { ...none, error: new HttpError(404, "Not found") };
  } catch (error) {
    return { ...none, error };
  }
}

/** The last step of a chain without an endpoint; error pages turn it into a
 * response. */
function failing(error: unknown): Step {
  return () => Promise.reject(error);
}

/**
 * Calls the chain. Middlewares before all error pages never see an error of a
 * later step, only the response of an error page, so that their headers are on
 * it too. An error outside of every error page still gets a page, if possible.
 */
function answer(
  ctx: Context<unknown>,
  chain: Step[],
  catchers: Step[],
): Promise<Response> {
  const front = chain.findIndex((step) => catchers.includes(step));
  const settle = (error: unknown): Promise<Response> =>
    ctx.error === null
      ? run(ctx, [...catchers, failing(error)])
        .catch((last: unknown) => plainAnswer(last, ctx.req))
      : Promise.resolve(plainAnswer(error, ctx.req));
  const settled = (step: Step): Step => (inner) => {
    const { next } = inner;
    inner.next = () => next().catch(settle);
    return step(inner);
  };
  const steps = chain.map((step, at) => at < front ? settled(step) : step);
  return run(ctx, steps).catch(settle);
}

/** Calls the step at `at`; its `ctx.next()` calls the following one. */
async function run(
  ctx: Context<unknown>,
  chain: Step[],
  at = 0,
): Promise<Response> {
  const step = chain[at];
  if (step === undefined) throw new HttpError(404, "Not found");
  const outer = ctx.next;
  ctx.next = () => run(ctx, chain, at + 1);
  try {
    const response = await step(ctx);
    if (isResponse(response)) return response;
    throw new TypeError(`Cannot answer ${ctx.url.pathname}: no Response came`);
  } finally {
    ctx.next = outer;
  }
}

/** The server sends no body, so the source must not keep anything open. */
async function withoutBody(response: Response): Promise<Response> {
  await response.body?.cancel();
  return new Response(null, response);
}

import { Context, type FreshConfig } from "./context.ts";
import { type FileRoutes, fileRoutes } from "./file_routes.ts";
import { HttpError, statusOf } from "./http_error.ts";
import type { ProdBuildCache } from "./prod_build_cache.ts";
import { Router, type Step } from "./router.ts";
import { installServerVNodes } from "./server_vnodes.ts";
import type { Middleware } from "./types.ts";

type Handler = (
  req: Request,
  info?: Deno.ServeHandlerInfo,
) => Promise<Response>;

interface Given {
  build: ProdBuildCache;
  mode: FreshConfig["mode"];
}

const builds = new WeakMap<object, Given>();

/** Sets the app's routes, islands and static files; call it before
 * `handler()`. */
export function setBuildCache<State>(
  app: App<State>,
  build: ProdBuildCache,
  mode: FreshConfig["mode"],
): void {
  builds.set(app, { build, mode });
}

/** Passes requests through middlewares, handlers and pages, from top to
 * bottom. */
export class App<State> {
  readonly #middlewares: Step[] = [];
  readonly #routes: { pattern: string; steps: Step[] }[] = [];
  /** The middlewares before the files of `routes/`; null without files. */
  #beforeFiles: Step[] | null = null;

  constructor() {
    installServerVNodes();
  }

  /** Adds middlewares for everything that is added later. */
  use(...middlewares: Middleware<State>[]): this {
    this.#middlewares.push(...middlewares.map(step));
    return this;
  }

  get(pattern: string, handler: Middleware<State>): this {
    const steps = [...this.#middlewares, onlyReads(step(handler))];
    this.#routes.push({ pattern, steps });
    return this;
  }

  /** Adds the files of `routes/`. */
  fsRoutes(): this {
    this.#beforeFiles = [...this.#middlewares];
    return this;
  }

  /** Returns the function for a server or a test. */
  handler(): Handler {
    const { build = null, mode = "production" } = builds.get(this) ?? {};
    const before = this.#beforeFiles;
    const files = fileRoutes(before === null ? [] : build?.routes ?? []);
    const router = new Router();
    for (const route of this.#routes) router.add(route);
    for (const { pattern, steps } of files.routes) {
      router.add({ pattern, steps: [...before ?? [], ...steps] });
    }
    const unmatched = [...this.#middlewares, ...files.middlewares, notFound];
    return async (req, info = NOBODY) => {
      const url = new URL(req.url);
      const { route, params } = router.match(url) ??
        { route: null, params: {} };
      const ctx = new Context<unknown>(
        {
          ...{ req, url, info, params, build },
          route: route?.pattern ?? null,
          config: { mode },
        },
        {},
      );
      const response = await answer(ctx, route?.steps ?? unmatched, files);
      return req.method === "HEAD" ? withoutBody(response) : response;
    };
  }
}

const NOBODY: Deno.ServeHandlerInfo = {
  remoteAddr: { transport: "tcp", hostname: "127.0.0.1", port: 0 },
  completed: Promise.resolve(),
};

/** Inside a chain, the state of its app is unknown. */
function step<State>(middleware: Middleware<State>): Step {
  return middleware as unknown as Step;
}

function onlyReads(step: Step): Step {
  return (ctx) => {
    if (/^(GET|HEAD)$/.test(ctx.req.method)) return step(ctx);
    throw new HttpError(405, "Method not allowed");
  };
}

function notFound(): never {
  throw new HttpError(404, "Not found");
}

/** Calls the chain. The error page is outside of all middlewares, so these see
 * an error and not the page. */
async function answer(
  ctx: Context<unknown>,
  chain: Step[],
  { showError }: FileRoutes,
): Promise<Response> {
  try {
    return await run(ctx, chain).catch((error: unknown) => {
      if (showError === null) throw error;
      ctx.error = error;
      return showError(ctx);
    });
  } catch (error) {
    return plainAnswer(error, ctx.req);
  }
}

/** Calls the step at `at`; its `ctx.next()` calls the following one. */
async function run(
  ctx: Context<unknown>,
  chain: Step[],
  at = 0,
): Promise<Response> {
  const step = chain[at];
  if (step === undefined) return notFound();
  const outer = ctx.next;
  ctx.next = () => run(ctx, chain, at + 1);
  try {
    return await step(ctx);
  } finally {
    ctx.next = outer;
  }
}

/** Returns the response if there is no error page, or if the error page
 * failed. Only the log gets the stack. */
function plainAnswer(error: unknown, req: Request): Response {
  const status = statusOf(error);
  if (status >= 500) {
    const { pathname } = new URL(req.url);
    console.error(`${req.method} ${pathname} failed:`, error);
  }
  const known = error instanceof HttpError && error.message;
  return new Response(known || `Error ${status}`, { status });
}

/** The server sends no body, so the source must not keep anything open. */
async function withoutBody(response: Response): Promise<Response> {
  await response.body?.cancel();
  return new Response(null, response);
}

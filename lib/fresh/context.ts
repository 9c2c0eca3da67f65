import type { ProdBuildCache } from "./prod_build_cache.ts";
import { redirectTarget } from "./redirect_target.ts";

export interface FreshConfig {
  /** In development mode, browsers reload after each build. */
  mode: "development" | "production";
}

/** The app's data of a request before a handler answers it. */
export interface Incoming {
  req: Request;
  url: URL;
  params: Record<string, string>;
  route: string | null;
  info: Deno.ServeHandlerInfo;
  config: FreshConfig;
  build: ProdBuildCache | null;
}

/** A request on its way through middlewares, handler and page. */
export class Context<State> {
  readonly req: Request;
  readonly url: URL;
  /** Decoded. */
  readonly params: Record<string, string>;
  /** The matched pattern; null if there was none. */
  readonly route: string | null;
  readonly info: Deno.ServeHandlerInfo;
  readonly config: FreshConfig;
  /** A new object for each request, which middlewares fill. */
  state: State;
  /** The error, on error pages; otherwise null. */
  error: unknown = null;
  /** Calls the step after this middleware; throws its error. */
  next: () => Promise<Response> = () =>
    Promise.reject(new TypeError("Cannot call next(): nothing follows"));
  /** The nonce of the rendered page's inline script; for internal code, as is
   * `build`. */
  nonce: string | null = null;
  readonly build: ProdBuildCache | null;

  constructor(incoming: Incoming, state: State) {
    this.req = incoming.req;
    this.url = incoming.url;
    this.params = incoming.params;
    this.route = incoming.route;
    this.info = incoming.info;
    this.config = incoming.config;
    this.build = incoming.build;
    this.state = state;
  }

  /** Redirects. A path stays on this host; see `redirectTarget`. */
  redirect(pathOrUrl: string, status = 302): Response {
    const location = redirectTarget(pathOrUrl, this.url);
    return new Response(null, { status, headers: { location } });
  }
}

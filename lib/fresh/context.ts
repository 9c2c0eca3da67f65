import type { ComponentChild } from "preact";
import type { BuildCache } from "./build_cache.ts";
import { type Frame, renderPage } from "./render.ts";
import { redirectTarget } from "./redirect_target.ts";
import type { FreshConfig, LayoutConfig, RequestInfo } from "./types.ts";

/** What the app knows of a request before anyone answers it. */
export interface Incoming {
  req: Request;
  url: URL;
  params: Record<string, string>;
  route: string | null;
  info: RequestInfo;
  config: FreshConfig;
  frame: Frame;
  build: BuildCache | null;
}

/** One request on its way through middlewares, handler and page. */
export class Context<State> {
  readonly req: Request;
  readonly url: URL;
  /** Decoded; what an optional part did not match is missing. */
  readonly params: Record<string, string>;
  /** The matched pattern; null if there was none. */
  readonly route: string | null;
  readonly info: RequestInfo;
  readonly config: FreshConfig;
  /** Its own for each request; middlewares fill it. */
  state: State;
  /** On error pages: what was thrown. Otherwise null. */
  error: unknown = null;
  /** Calls what stands behind this middleware; throws what that throws. */
  next: () => Promise<Response> = () =>
    Promise.reject(new TypeError("Cannot call next(): nothing follows"));
  /** For what stands behind the public names; handlers use `render()`. */
  frame: Frame;
  readonly build: BuildCache | null;

  constructor(incoming: Incoming, state: State) {
    this.req = incoming.req;
    this.url = incoming.url;
    this.params = incoming.params;
    this.route = incoming.route;
    this.info = incoming.info;
    this.config = incoming.config;
    this.frame = incoming.frame;
    this.build = incoming.build;
    this.state = state;
  }

  /** Renders a document: the JSX inside its layouts and the app wrapper. */
  render(
    content: ComponentChild,
    init: ResponseInit = {},
    config: LayoutConfig = {},
  ): Promise<Response> {
    return renderPage(this, () => content, { data: undefined, init, config });
  }

  /** A path stays on this host: see `redirectTarget`. */
  redirect(pathOrUrl: string, status = 302): Response {
    const location = redirectTarget(pathOrUrl, this.url);
    return new Response(null, { status, headers: { location } });
  }

  html(content: string, init?: ResponseInit): Response {
    return typed(content, "text/html; charset=utf-8", init);
  }

  text(content: string, init?: ResponseInit): Response {
    return typed(content, "text/plain; charset=utf-8", init);
  }

  json(content: unknown, init?: ResponseInit): Response {
    return Response.json(content, init);
  }
}

function typed(body: string, type: string, init: ResponseInit = {}): Response {
  const headers = new Headers(init.headers);
  if (!headers.has("content-type")) headers.set("content-type", type);
  return new Response(body, { ...init, headers });
}

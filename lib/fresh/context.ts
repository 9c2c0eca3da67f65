import type { ComponentChild } from "preact";
import type { BuildCache } from "./build_cache.ts";
import { type Frame, renderPage } from "./render.ts";
import { redirectTarget } from "./redirect_target.ts";
import type { FreshConfig, LayoutConfig, RequestInfo } from "./types.ts";

/** The app's data of a request before a handler answers it. */
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

/** A request on its way through middlewares, handler and page. */
export class Context<State> {
  readonly req: Request;
  readonly url: URL;
  /** Decoded; optional parts that did not match are missing. */
  readonly params: Record<string, string>;
  /** The matched pattern; null if there was none. */
  readonly route: string | null;
  readonly info: RequestInfo;
  readonly config: FreshConfig;
  /** A new object for each request, which middlewares fill. */
  state: State;
  /** The error, on error pages; otherwise null. */
  error: unknown = null;
  /** Calls the step after this middleware; throws its error. */
  next: () => Promise<Response> = () =>
    Promise.reject(new TypeError("Cannot call next(): nothing follows"));
  /** For internal code; handlers use `render()`. */
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

  /** Redirects. A path stays on this host; see `redirectTarget`. */
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

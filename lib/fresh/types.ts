import type { ComponentChildren, FunctionComponent } from "preact";
import type { Context } from "./context.ts";

export type Method = "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE";

/** The data that a handler passes to the page component of its file. */
export interface PageResponse<Data> {
  data: Data;
  status?: number;
  headers?: HeadersInit;
}

export type Middleware<State> = (
  ctx: Context<State>,
) => Response | Promise<Response>;

export type HandlerFn<Data, State> = (
  ctx: Context<State>,
) =>
  | Response
  | PageResponse<Data>
  | Promise<Response | PageResponse<Data>>;

export type HandlerByMethod<Data, State> = {
  [M in Method]?: HandlerFn<Data, State>;
};

export type RouteHandler<Data, State> =
  | HandlerFn<Data, State>
  | HandlerByMethod<Data, State>;

/** The handlers of a route file, for files that do not use `define`. */
export type Handlers<Data = unknown, State = unknown> = HandlerByMethod<
  Data,
  State
>;

/** The props of a page, a layout, the app wrapper and an error page. */
export interface PageProps<Data = unknown, State = unknown> {
  data: Data;
  url: URL;
  params: Record<string, string>;
  req: Request;
  state: State;
  /** The matched pattern; null if there was none. */
  route: string | null;
  /** The error, on error pages; otherwise null. */
  error: unknown;
  config: FreshConfig;
  info: RequestInfo;
  /** The content of a layout or of the app wrapper. */
  Component: FunctionComponent;
  redirect: Context<State>["redirect"];
}

/** May be async, and may return a `Response` in place of a page. */
export type PageComponent<Data, State> = (
  props: PageProps<Data, State>,
) =>
  | ComponentChildren
  | Response
  | Promise<ComponentChildren | Response>;

export interface LayoutConfig {
  skipInheritedLayouts?: boolean;
  skipAppWrapper?: boolean;
}

/** `export const config` of a route file. */
export interface RouteConfig extends LayoutConfig {
  /** A URLPattern pathname that replaces the file's own. */
  routeOverride?: string;
}

export interface FreshConfig {
  /** In development mode, browsers reload after each build. */
  mode: "development" | "production";
}

/** The client of a request. */
export interface RequestInfo {
  remoteAddr: Deno.Addr;
}

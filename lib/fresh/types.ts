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
  info: Deno.ServeHandlerInfo;
  /** The content of a layout or of the app wrapper. */
  Component: FunctionComponent;
}

export type PageComponent<Data, State> = (
  props: PageProps<Data, State>,
) => ComponentChildren;

/** `export const config` of a route file. */
export interface RouteConfig {
  skipInheritedLayouts?: boolean;
  skipAppWrapper?: boolean;
}

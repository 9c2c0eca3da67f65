import type {
  HandlerByMethod,
  Middleware,
  PageComponent,
  PageResponse,
} from "./types.ts";

type DataIn<Result> = Awaited<Result> extends infer R
  ? R extends PageResponse<infer Data> ? Data : never
  : never;

/** The data that the handlers of a file pass to its page. */
type RouteData<H> = [H] extends [never] ? unknown : {
  [M in keyof H]: H[M] extends (...args: never[]) => infer Result
    ? DataIn<Result>
    : never;
}[keyof H];

interface Define<State> {
  handlers<H extends HandlerByMethod<unknown, State>>(handlers: H): H;
  page<H extends HandlerByMethod<unknown, State> = never>(
    component: PageComponent<RouteData<H>, State>,
  ): PageComponent<RouteData<H>, State>;
  layout(
    component: PageComponent<unknown, State>,
  ): PageComponent<unknown, State>;
  middleware<M extends Middleware<State> | Middleware<State>[]>(
    middleware: M,
  ): M;
}

/** Creates helpers that only add types; call it once per project. */
export function createDefine<State>(): Define<State> {
  return {
    handlers: (handlers) => handlers,
    page: (component) => component,
    layout: (component) => component,
    middleware: (middleware) => middleware,
  };
}

/** Passes `data` from a handler to the page component of the same file. */
export function page<Data>(
  data: Data,
  init: { status?: number; headers?: HeadersInit } = {},
): PageResponse<Data> {
  return { data, ...init };
}

import { Fragment, type FunctionComponent, h } from "preact";
import { renderToString } from "preact-render-to-string";
import type { Context } from "./context.ts";
import { during, type Render } from "./current_render.ts";
import { documentOf } from "./document.ts";
import type { PageProps } from "./types.ts";

/** Any page, layout or wrapper, stored without its types. */
export type AnyPage = FunctionComponent<PageProps>;

export interface PageInit {
  /** The layout and the app wrapper, from the inside out. */
  frame: AnyPage[];
  data: unknown;
  init: ResponseInit;
}

/** Renders the page in its frame into a complete document. */
export function renderPage(
  ctx: Context<unknown>,
  page: AnyPage,
  { frame, data, init }: PageInit,
): Response {
  const { url, params, req, state, route, error, info, build, config } = ctx;
  const props = { data, url, params, req, state, route, error, info };
  const tree = frame.reduce(
    (inner, component) => h(component, { ...props, Component: () => inner }),
    h(page, { ...props, Component: Nothing }),
  );
  ctx.nonce ??= crypto.randomUUID().replaceAll("-", "");
  const render: Render = {
    ...{ head: [], islands: [], nonce: ctx.nonce, build },
    path: url.pathname,
    reload: config.mode === "development",
  };
  const html = during(
    render,
    () => documentOf(renderToString(h(Fragment, null, tree)), render),
  );
  const headers = new Headers(init.headers);
  headers.set("content-type", "text/html; charset=utf-8");
  return new Response(html, { ...init, headers });
}

const Nothing: FunctionComponent = () => null;

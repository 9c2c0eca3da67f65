import {
  type ComponentChild,
  type ComponentChildren,
  Fragment,
  type FunctionComponent,
  h,
} from "preact";
import { renderToString } from "preact-render-to-string";
import type { Context } from "./context.ts";
import { during, type Render } from "./current_render.ts";
import { documentOf } from "./document.ts";
import { statusOf } from "./http_error.ts";
import { isResponse } from "./is_response.ts";
import type { LayoutConfig, PageProps } from "./types.ts";

/** Any page, layout or wrapper, stored without its types. */
export type AnyPage = (props: never) => unknown;

/** The layouts and wrapper around the pages of one place in the app. */
export interface Frame {
  wrapper: AnyPage | null;
  /** From the outside in. */
  layouts: { component: AnyPage; config: LayoutConfig }[];
}

export interface PageInit {
  data: unknown;
  init: ResponseInit;
  config: LayoutConfig;
}

const nonces = new WeakMap<object, string>();

/** Returns the nonce of the page that was rendered for this request, if any. */
export function nonceOf(ctx: object): string | undefined {
  return nonces.get(ctx);
}

/** Renders the page in the frame of its context into a complete document. */
export async function renderPage<State>(
  ctx: Context<State>,
  page: AnyPage,
  { data, init, config }: PageInit,
): Promise<Response> {
  const props = propsOf(ctx, data);
  let tree = await elementOf(page, { ...props, Component: Nothing });
  for (const component of wrappersOf(ctx.frame, config)) {
    if (isResponse(tree)) return tree;
    const inner = tree;
    tree = await elementOf(component, {
      ...props,
      Component: () => h(Fragment, null, inner),
    });
  }
  if (isResponse(tree)) return tree;
  const html = documentFrom(ctx, tree);
  if (typeof html !== "string") return html;
  const headers = new Headers(init.headers);
  if (!headers.has("content-type")) {
    headers.set("content-type", "text/html; charset=utf-8");
  }
  // An error page has the error's status, unless it sets another.
  const status = ctx.error === null ? 200 : statusOf(ctx.error);
  return new Response(html, { status, ...init, headers });
}

/** Returns layouts and the app wrapper, from the inside out. */
function wrappersOf(
  { wrapper, layouts }: Frame,
  config: LayoutConfig,
): AnyPage[] {
  const wrappers: AnyPage[] = [];
  let { skipInheritedLayouts: done, skipAppWrapper: bare } = config;
  for (const layout of layouts.toReversed()) {
    if (done) break;
    wrappers.push(layout.component);
    done = layout.config.skipInheritedLayouts;
    bare ||= layout.config.skipAppWrapper;
  }
  return wrapper === null || bare ? wrappers : [...wrappers, wrapper];
}

function documentFrom<State>(
  ctx: Context<State>,
  tree: ComponentChild,
): string | Response {
  const nonce = nonces.get(ctx) ?? crypto.randomUUID().replaceAll("-", "");
  nonces.set(ctx, nonce);
  const { build, config } = ctx;
  const reload = config.mode === "development";
  const render: Render = { head: [], islands: [], nonce, build, reload };
  try {
    return during(
      render,
      () => documentOf(renderToString(h(Fragment, null, tree)), render),
    );
  } catch (error) {
    if (error instanceof Answered) return error.response;
    throw error;
  }
}

/** Awaits an async page; any other page runs while the tree is rendered. */
async function elementOf(
  component: AnyPage,
  props: PageProps,
): Promise<ComponentChild | Response> {
  // The only place where a stored component is combined with its props again.
  const run = component as (props: PageProps) => unknown;
  if (component.constructor.name !== "AsyncFunction") {
    return h(Running, { run: () => run(props) });
  }
  const content = await run(props);
  return isResponse(content) ? content : h(Running, { run: () => content });
}

/** Thrown if a page returns a response while it is being rendered. */
class Answered extends Error {
  constructor(readonly response: Response) {
    super("Answered with a response");
  }
}

function Running({ run }: { run: () => unknown }): ComponentChildren {
  const content = run();
  if (isResponse(content)) throw new Answered(content);
  return content as ComponentChildren;
}

const Nothing: FunctionComponent = () => null;

function propsOf<State>(
  ctx: Context<State>,
  data: unknown,
): Omit<PageProps<unknown, State>, "Component"> {
  const { url, params, req, state, route, error, config, info } = ctx;
  const redirect: typeof ctx.redirect = (to, status) =>
    ctx.redirect(to, status);
  return {
    data,
    url,
    params,
    req,
    state,
    route,
    error,
    config,
    info,
    redirect,
  };
}

import {
  type ComponentChildren,
  createContext,
  Fragment,
  type FunctionComponent,
  h,
  options,
  type VNode,
} from "preact";
import { useContext } from "preact/hooks";
import { currentRender } from "./current_render.ts";

/** Components that browsers hydrate, with their names in the browser. */
const islands = new WeakMap<object, string>();

export function registerIsland(component: object, name: string): void {
  islands.set(component, name);
}

let installed = false;
/** True while we create the replacement of an element, which must not be
 * replaced again. */
let untouched = false;

/**
 * Processes all elements that are created on the server from now on: islands
 * get markers around them, and links to the page and its ancestors get
 * `aria-current`.
 */
export function installServerVNodes(): void {
  if (installed) return;
  installed = true;
  const before = options.vnode;
  options.vnode = (vnode) => {
    if (!untouched) replace(vnode);
    before?.(vnode);
  };
}

type Props = Record<string, unknown>;
type Replaceable = { type: unknown; props: Props };

function replace(vnode: VNode): void {
  const { type } = vnode;
  const changed: Replaceable = vnode as unknown as Replaceable;
  if (type === "a") {
    changed.props = { props: vnode.props };
    changed.type = Anchor;
  } else if (typeof type === "function" && islands.has(type)) {
    changed.props = { type, props: vnode.props };
    changed.type = Island;
  }
}

/** Creates an element that is not processed again. */
function plain(create: () => ComponentChildren): ComponentChildren {
  untouched = true;
  try {
    return create();
  } finally {
    untouched = false;
  }
}

function Anchor({ props }: { props: Props }): ComponentChildren {
  const { href, "aria-current": given } = props;
  const path = currentRender()?.path;
  const current = path !== undefined && typeof href === "string"
    ? currentOf(href, path)
    : undefined;
  const marked: Props = { ...props, "aria-current": given ?? current };
  return plain(() => h("a" as string, marked));
}

/** Compares a link to a path with the path of the page. */
function currentOf(href: string, path: string): "page" | "true" | undefined {
  const to = /^\/(?!\/)[^?#]*/.exec(href)?.[0];
  if (to === undefined) return undefined;
  if (to === path) return "page";
  return path.startsWith(to.replace(/\/?$/, "/")) ? "true" : undefined;
}

const InsideIsland = createContext(false);

function Island(
  { type, props }: { type: FunctionComponent<Props>; props: Props },
): ComponentChildren {
  const inside = useContext(InsideIsland);
  const element = plain(() => h(type, props));
  const render = currentRender();
  if (render === null || inside) return element;
  const index = render.islands.length;
  render.islands.push({ name: islands.get(type) ?? "", props });
  return h(
    InsideIsland.Provider,
    { value: true },
    comment(`island:${index}`),
    element,
    comment(`/island:${index}`),
  );
}

/** preact-render-to-string writes this as an HTML comment. */
function comment(text: string): ComponentChildren {
  return h(Fragment, { UNSTABLE_comment: text } as Props);
}

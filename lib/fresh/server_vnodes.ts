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
import { ownIds } from "./own_ids.ts";

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
 * get markers around them, inline scripts and styles get the page's nonce.
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
  if (type === "script" || type === "style") {
    changed.props = { type, props: vnode.props };
    changed.type = Inline;
  } else if (typeof type === "function" && islands.has(type)) {
    changed.props = { type, props: vnode.props };
    changed.type = Island;
  }
}

/** Creates an element that is not processed again. */
function plain(type: FunctionComponent<Props> | string, props: Props): VNode {
  untouched = true;
  try {
    // The two overloads belong to one function, so either works here.
    return typeof type === "string" ? h(type, props) : h(type, props);
  } finally {
    untouched = false;
  }
}

function Inline({ type, props }: { type: string; props: Props }): VNode {
  const nonce = currentRender()?.nonce;
  return plain(type, nonce === undefined ? props : { nonce, ...props });
}

const InsideIsland = createContext(false);

function Island(
  { type, props }: { type: FunctionComponent<Props>; props: Props },
): ComponentChildren {
  const inside = useContext(InsideIsland);
  const element = plain(type, props);
  const render = currentRender();
  if (render === null || inside) return element;
  const index = render.islands.length;
  render.islands.push({ name: islands.get(type) ?? "", props });
  return h(
    InsideIsland.Provider,
    { value: true },
    comment(`island:${index}`),
    ownIds(element, index),
    comment(`/island:${index}`),
  );
}

/** preact-render-to-string writes this as an HTML comment. */
function comment(text: string): ComponentChildren {
  return h(Fragment, { UNSTABLE_comment: text } as Props);
}

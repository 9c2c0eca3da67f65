import type { ComponentChildren, VNode } from "preact";

/** The DOM node of one virtual element or text. */
interface Live {
  vnode: VNode | string;
  node: Element | Text;
  kids: Kids;
}
type Kids = Map<string, Live>;
type Props = Record<string, unknown>;

const SVG = "http://www.w3.org/2000/svg";
const roots = new WeakMap<Element, Kids>();
/** Each `ref` is called after its element is in the page. */
const arrived: (() => void)[] = [];

/**
 * Renders into `parent`, and changes only what differs from the last rendering.
 * An element keeps its identity (focus, scroll position, playing media) as long
 * as its place or its `key` and its tag stay the same. Components have no
 * state.
 */
export function render(children: ComponentChildren, parent: Element): void {
  roots.set(parent, patchKids(children, parent, roots.get(parent)));
  for (const tell of arrived.splice(0)) tell();
}

function patchKids(
  children: ComponentChildren,
  parent: Element,
  before: Kids = new Map(),
): Kids {
  const wanted = new Map<string, VNode | string>();
  flatten(children, "", wanted);
  const kids: Kids = new Map();
  for (const [path, vnode] of wanted) {
    const old = before.get(path);
    kids.set(path, patch(vnode, parent, old));
  }
  let same = before.size === kids.size;
  for (const [path, old] of before) {
    const kid = kids.get(path);
    if (kid?.node !== old.node) remove(old);
    else if (typeof old.vnode !== "string" || kid.vnode === old.vnode) continue;
    same = false;
  }
  const nodes = new Set<Node>([...kids.values()].map(({ node }) => node));
  for (const node of [...parent.childNodes]) {
    if (nodes.has(node)) continue;
    // Unchanged text is left alone, so that the browser's translation of it
    // stays.
    if (same) return kids;
    node.remove();
  }
  let next = parent.firstChild;
  for (const { node } of kids.values()) {
    if (node === next) next = next.nextSibling;
    else parent.insertBefore(node, next);
  }
  return kids;
}

/** Elements and texts by their path. An empty place counts, so that elements
 * that come and go do not move their neighbours. */
function flatten(
  child: ComponentChildren,
  path: string,
  into: Map<string, VNode | string>,
): void {
  if (Array.isArray(child)) {
    child.forEach((each, i) =>
      flatten(each, `${path}/${keyOf(each) ?? i}`, into)
    );
  } else if (isVNode(child)) {
    const { type, props } = child;
    if (typeof type !== "function") into.set(path, child);
    else flatten((type as (p: Props) => ComponentChildren)(props), path, into);
  } else if (child !== "" && child != null && typeof child !== "boolean") {
    into.set(path, String(child));
  }
}

function patch(vnode: VNode | string, parent: Element, old?: Live): Live {
  if (old?.vnode === vnode) return old; // A cached rendering.
  if (typeof vnode === "string") return patchText(vnode, old);
  const before = old && isVNode(old.vnode) && old.vnode.type === vnode.type
    ? old
    : undefined;
  const { children, ref, ...props } = vnode.props as Props & {
    children?: ComponentChildren;
    ref?: (node: Element | null) => void;
  };
  const node = before ? before.node as Element : create(vnode, parent);
  const { children: _, ref: __, ...was } = before
    ? (before.vnode as VNode).props as Props
    : {} as Props;
  for (const name of Object.keys({ ...was, ...props })) {
    const written = name === "value" && Reflect.get(node, name) !== props[name];
    if (was[name] !== props[name] || written) setProp(node, name, props[name]);
  }
  const kids = patchKids(children, node, before?.kids);
  if (!before && ref) arrived.push(() => ref(node));
  return { vnode, node, kids };
}

function patchText(text: string, old?: Live): Live {
  if (!(old?.node instanceof Text)) {
    return { vnode: text, node: new Text(text), kids: new Map() };
  }
  old.node.data = text;
  return { ...old, vnode: text };
}

function create({ type }: VNode, parent: Element): Element {
  const svg = type === "svg" || parent.namespaceURI === SVG;
  return svg
    ? document.createElementNS(SVG, String(type))
    : document.createElement(String(type));
}

/** Sets handlers, `value` and everything that is not a string as properties,
 * the rest as attributes. */
function setProp(node: Element, name: string, value: unknown): void {
  if (name.startsWith("on")) {
    Reflect.set(node, name.toLowerCase(), value ?? null);
  } else if (
    name in node && (name === "value" || typeof value === "object" ||
      typeof value === "boolean")
  ) {
    Reflect.set(node, name, value ?? null);
  } else if (value == null || value === false && !name.startsWith("aria-")) {
    node.removeAttribute(name);
  } else node.setAttribute(name, String(value));
}

function remove({ vnode, node, kids }: Live): void {
  for (const kid of kids.values()) forget(kid);
  node.remove();
  forget({ vnode, node, kids: new Map() });
}

function forget({ vnode, kids }: Live): void {
  for (const kid of kids.values()) forget(kid);
  if (isVNode(vnode)) {
    (vnode.props as Props & { ref?: (n: null) => void }).ref?.(null);
  }
}

function keyOf(child: unknown): string | number | undefined {
  return isVNode(child) && child.key != null ? `k${child.key}` : undefined;
}

function isVNode(child: unknown): child is VNode {
  return typeof child === "object" && child !== null && "props" in child;
}

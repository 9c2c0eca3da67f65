import type { ComponentChildren, VNode } from "preact";

// Replaces "preact/jsx-runtime" in the built script (bundle.json), and is drawn
// by render.ts. The views are plain Preact components, checked against Preact's
// types. A test shows that Preact renders them the same way. This file has a
// sixth of the size of Preact, which would take two fifths of the limit for the
// first load.

export type Component = (props: Record<string, unknown>) => ComponentChildren;

/** Creates a virtual element, as the compiler calls it for a tag. */
export function jsx(
  type: string | Component,
  props: Record<string, unknown>,
  key?: string | number,
): VNode {
  return { type: type as VNode["type"], props: props as VNode["props"], key };
}

export { jsx as jsxs };

export function Fragment({ children }: { children?: ComponentChildren }) {
  return children;
}

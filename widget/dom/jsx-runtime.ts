import type { ComponentChildren, VNode } from "preact";

// Stands in for "preact/jsx-runtime" in the built script (bundle.json), and is
// drawn by render.ts. The views are plain Preact components, checked against
// Preact's types: drawn by Preact they look the same, which a test shows. This
// weighs a sixth of Preact, which would be two fifths of what may load with a page.

export type Component = (props: Record<string, unknown>) => ComponentChildren;

/** One element to be, as the compiler writes it for a tag. */
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

import type { VNode } from "preact";

/**
 * Gives `useId()` inside the island its own row of ids, the same on server
 * and browser. `__m` is where Preact 11 keeps it (`_mask` in its source).
 */
export function ownIds(element: VNode, index: number): VNode {
  return Object.assign(element, { __m: [index + 1, 0] });
}

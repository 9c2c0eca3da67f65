import type { VNode } from "preact";

/**
 * Gives `useId()` inside the island a separate sequence of ids, the same on
 * server and browser. Preact 11 stores it in `__m` (`_mask` in its source).
 */
export function ownIds(element: VNode, index: number): VNode {
  return Object.assign(element, { __m: [index + 1, 0] });
}

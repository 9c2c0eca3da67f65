import type { ComponentChildren } from "preact";
import { currentRender } from "./current_render.ts";

export { asset } from "./assets.ts";

/**
 * Moves its children into the document's head while the server renders. Does
 * nothing in browsers, because the head is set once.
 */
export function Head({ children }: { children?: ComponentChildren }): null {
  currentRender()?.head.push(children);
  return null;
}

import type { ComponentChildren } from "preact";
import { currentRender } from "./current_render.ts";

export { asset } from "./assets.ts";
export { HttpError } from "./http_error.ts";

/** True in browsers; guards code that needs one. */
export const IS_BROWSER: boolean = typeof document !== "undefined";

/**
 * Moves its children into the document's head while the server renders. Does
 * nothing in browsers, because the head is set once.
 */
export function Head({ children }: { children?: ComponentChildren }): null {
  currentRender()?.head.push(children);
  return null;
}

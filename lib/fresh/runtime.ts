import type { ComponentChildren } from "preact";
import { currentRender } from "./current_render.ts";

export { asset } from "./assets.ts";
export { HttpError } from "./http_error.ts";

/** Guards what only browsers can do. */
export const IS_BROWSER: boolean = typeof document !== "undefined";

/**
 * Moves its children into the document's head while the server renders. In
 * browsers it does nothing: the head is set once.
 */
export function Head({ children }: { children?: ComponentChildren }): null {
  currentRender()?.head.push(children);
  return null;
}

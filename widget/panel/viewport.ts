import { sheet } from "../view/sheets.ts";

let shared: CSSStyleSheet | undefined;

/**
 * Returns a sheet with custom properties for the part of the window that an
 * on-screen keyboard leaves free, and keeps them up to date. All widgets of the
 * page share it.
 */
export function viewportSheet(): CSSStyleSheet {
  if (shared) return shared;
  const made = shared = sheet("");
  const view = globalThis.visualViewport;
  const measure = () => {
    if (!view) return;
    const below = Math.max(0, innerHeight - view.height - view.offsetTop);
    made.replaceSync(
      `.root{--view-height:${view.height}px;--view-below:${below}px}`,
    );
  };
  view?.addEventListener("resize", measure);
  view?.addEventListener("scroll", measure);
  measure();
  return made;
}

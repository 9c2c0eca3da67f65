import { sheet } from "../view/sheets.ts";

let shared: CSSStyleSheet | undefined;

/**
 * A sheet that knows how much of the window an on-screen keyboard leaves: as
 * custom properties, kept up to date. One for all widgets of the page.
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

/** The design system's colours for drawing on a canvas, which supports neither
 * custom properties nor `light-dark()`. */
export class Colours {
  readonly #element: HTMLElement;
  readonly #known = new Map<string, string>();

  constructor(element: HTMLElement) {
    this.#element = element;
  }

  /** Returns the current value of the property in a format for the canvas. */
  of(property: string): string {
    const known = this.#known.get(property);
    if (known !== undefined) return known;
    // A new element, because an existing one may be in a transition.
    const probe = document.createElement("span");
    probe.style.color = `var(${property})`;
    this.#element.append(probe);
    const { color: colour } = getComputedStyle(probe);
    probe.remove();
    this.#known.set(property, colour);
    return colour;
  }

  /** Calls back when the colours change, with the theme of the page or the
   * system. Returns a function that stops it. */
  watch(onChange: () => void): () => void {
    const change = () => {
      this.#known.clear();
      onChange();
    };
    const page = new MutationObserver(change);
    page.observe(document.documentElement, {
      attributeFilter: ["data-theme", "class"],
    });
    const system = matchMedia("(prefers-color-scheme: dark)");
    system.addEventListener("change", change);
    return () => {
      page.disconnect();
      system.removeEventListener("change", change);
    };
  }
}

/** The colours of the design system for what is painted: a canvas does not know
 * custom properties, nor `light-dark()`. */
export class Colours {
  readonly #element: HTMLElement;
  readonly #known = new Map<string, string>();

  constructor(element: HTMLElement) {
    this.#element = element;
  }

  /** What the property is now, as a canvas takes it. */
  of(property: string): string {
    const known = this.#known.get(property);
    if (known !== undefined) return known;
    // A new element: one that is there may be on its way to its colour.
    const probe = document.createElement("span");
    probe.style.color = `var(${property})`;
    this.#element.append(probe);
    const { color: colour } = getComputedStyle(probe);
    probe.remove();
    this.#known.set(property, colour);
    return colour;
  }

  /** Calls back when they are others: another theme, of the page or the system.
   * Returns what ends it. */
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

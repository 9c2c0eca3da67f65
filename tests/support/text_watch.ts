import type { Page } from "playwright-core";

interface Scope {
  found: string[];
}

/** Time between two looks at the page, in ms. */
const LOOK_MS = 50;

/** Watches whether a page or its widgets ever show one of some texts. */
export class TextWatch {
  readonly #page: Page;

  private constructor(page: Page) {
    this.#page = page;
  }

  static async begin(page: Page, texts: readonly string[]): Promise<TextWatch> {
    await page.evaluate(({ texts, everyMs }) => {
      const scope = globalThis as unknown as Scope;
      scope.found = [];
      setInterval(() => {
        const shown = [
          document.body.innerText,
          ...[...document.querySelectorAll("contact-widget")]
            .map(({ shadowRoot }) => shadowRoot?.textContent ?? ""),
        ].join("\n");
        const found = texts.filter((text) => shown.includes(text));
        scope.found.push(
          ...found.filter((text) => !scope.found.includes(text)),
        );
      }, everyMs);
    }, { texts: [...texts], everyMs: LOOK_MS });
    return new TextWatch(page);
  }

  /** Returns the texts that were shown at any time. */
  found(): Promise<string[]> {
    return this.#page.evaluate(() => (globalThis as unknown as Scope).found);
  }
}

import type { Page } from "playwright-core";

/** Controls of the widget that are smaller than 24 by 24 px (WCAG 2.5.8). Links
 * within a sentence or line of text are excepted there, and here. */
export async function smallTargets(page: Page): Promise<string[]> {
  return await page.evaluate(() => {
    const root = document.querySelector("contact-widget")?.shadowRoot;
    const controls = root?.querySelectorAll<HTMLElement>(
      "button, a, input, textarea, select",
    );
    return [...controls ?? []].flatMap((control) => {
      if (control.matches(".said a, .company a, .consent a")) return [];
      const { width, height } = control.getBoundingClientRect();
      return width >= 24 && height >= 24
        ? []
        : [`${control.className} ${width} x ${height}`];
    });
  });
}

/** Returns elements that are wider than their space, and so would be cut off or
 * scroll sideways. */
export async function tooWide(page: Page): Promise<string[]> {
  return await page.evaluate(() => {
    const root = document.querySelector("contact-widget")?.shadowRoot;
    const boxes = root?.querySelectorAll<HTMLElement>(
      ".panel, .body, .scroll, .card, .sheet",
    );
    return [document.documentElement, ...boxes ?? []].flatMap((box) =>
      box.scrollWidth > box.clientWidth
        ? [`${box.className || box.tagName} ${box.scrollWidth}`]
        : []
    ).concat(
      [...root?.querySelectorAll<HTMLElement>("button, input, a") ?? []]
        .flatMap((control) => {
          const { left, right } = control.getBoundingClientRect();
          return left < 0 || right > innerWidth
            ? [`${control.className} ${left} to ${right}`]
            : [];
        }),
    );
  });
}

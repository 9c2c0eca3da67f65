import type { Page } from "playwright-core";

/**
 * Imitates the browsers' translators in the page: each text is replaced by a
 * `<font>` with the translation (here `«text»`), also after later changes.
 * Elements with `translate="no"` are left alone.
 */
export async function translate(page: Page): Promise<void> {
  await page.evaluate(replaceTexts);
}

/** Returns the page's text without the marks of the translation. */
export async function untranslated(page: Page, css: string): Promise<string[]> {
  const texts = await page.locator(css).allTextContents();
  return texts.map((text) => text.replaceAll(/[«»]/g, ""));
}

/** Runs in the page. */
function replaceTexts(): void {
  const LEFT_ALONE = 'font, script, style, textarea, [translate="no"]';
  function replaceAll(): void {
    const walker = document.createTreeWalker(
      document.body,
      NodeFilter.SHOW_TEXT,
    );
    const texts: Text[] = [];
    while (walker.nextNode()) {
      const { currentNode: node } = walker;
      if (node instanceof Text && /\p{L}|\d/u.test(node.data)) texts.push(node);
    }
    for (const text of texts) {
      if (text.parentElement?.closest(LEFT_ALONE)) continue;
      const font = document.createElement("font");
      font.textContent = `«${text.data}»`;
      text.replaceWith(font);
    }
  }
  replaceAll();
  new MutationObserver(replaceAll)
    .observe(document.body, { childList: true, subtree: true });
}

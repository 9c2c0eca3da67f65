import type { DeskTexts } from "@/lib/i18n/desk/texts.ts";
import { fill } from "@/lib/i18n/fill.ts";

type TitleTexts = Pick<DeskTexts, "title" | "titleWaiting">;

/** Shows the number of waiting visitors in the tab's title and icon. */
export class TabTitle {
  readonly #texts: TitleTexts;
  readonly #before = document.title;
  readonly #icon = document.querySelector<HTMLLinkElement>('link[rel~="icon"]');
  readonly #iconBefore = this.#icon?.href ?? "";

  constructor(texts: TitleTexts) {
    this.#texts = texts;
  }

  show(count: number): void {
    const { title, titleWaiting } = this.#texts;
    document.title = count === 0
      ? this.#before
      : fill(titleWaiting, { count, title });
    if (this.#icon === null) return;
    this.#icon.href = count === 0 ? this.#iconBefore : iconOf(count);
  }
}

/** The product's mark with a number on it. */
function iconOf(count: number): string {
  const text = count > 9 ? "9+" : String(count);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">` +
    `<rect width="32" height="32" rx="9" fill="#b3261e"/>` +
    `<text x="16" y="23.5" font-size="21" font-weight="700" fill="#fff" ` +
    `text-anchor="middle" font-family="sans-serif">${text}</text></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

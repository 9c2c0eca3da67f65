import type { BrowserContextOptions } from "playwright-core";

/** Windows of a desk and of a phone, by which layouts differ. */
export const WINDOWS = {
  1280: { viewport: { width: 1280, height: 800 } },
  390: {
    viewport: { width: 390, height: 844 },
    isMobile: true,
    hasTouch: true,
  },
} satisfies Record<number, BrowserContextOptions>;

export type Width = keyof typeof WINDOWS;

/** A test that is written once, and holds at a desk and on a phone. */
export function forEachWidth(
  sentence: string,
  body: (width: Width) => Promise<void>,
): void {
  for (const width of [1280, 390] as const) {
    Deno.test(`${sentence} (${width} px)`, () => body(width));
  }
}

import type { Page } from "playwright-core";

interface Scope {
  opened: number;
}

/** Lets {@linkcode openedSockets} tell how many the page has opened in full. */
export async function countSockets(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const scope = globalThis as unknown as Scope;
    scope.opened = 0;
    class Counted extends WebSocket {
      constructor(...args: ConstructorParameters<typeof WebSocket>) {
        super(...args);
        this.addEventListener("open", () => scope.opened++);
      }
    }
    Object.assign(globalThis, { WebSocket: Counted });
  });
}

export function openedSockets(page: Page): Promise<number> {
  return page.evaluate(() => (globalThis as unknown as Scope).opened);
}

/** Resolves when the page has opened more sockets than `before`. */
export async function reconnected(page: Page, before: number): Promise<void> {
  await page.waitForFunction(
    (before) => (globalThis as unknown as Scope).opened > before,
    before,
    { polling: 100 },
  );
}

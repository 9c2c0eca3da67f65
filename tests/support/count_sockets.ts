import type { Page } from "playwright-core";

interface Scope {
  opened: number;
  /** Time of the loss of the connection, until the next message. */
  lostAt: number | undefined;
  outageMs: number;
}

/** Lets {@linkcode openedSockets} tell how many the page has opened in full. */
export async function countSockets(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const scope = globalThis as unknown as Scope;
    scope.opened = scope.outageMs = 0;
    class Counted extends WebSocket {
      constructor(...args: ConstructorParameters<typeof WebSocket>) {
        super(...args);
        this.addEventListener("open", () => scope.opened++);
        this.addEventListener("close", () => {
          scope.lostAt ??= performance.now();
        });
        this.addEventListener("message", () => {
          const { lostAt } = scope;
          if (lostAt === undefined) return;
          scope.lostAt = undefined;
          const ms = performance.now() - lostAt;
          scope.outageMs = Math.max(scope.outageMs, ms);
        });
      }
    }
    Object.assign(globalThis, { WebSocket: Counted });
  });
}

export function openedSockets(page: Page): Promise<number> {
  return page.evaluate(() => (globalThis as unknown as Scope).opened);
}

/** Returns the longest time from the end of a socket to the first message on the
 * next one, in ms. */
export function longestOutage(page: Page): Promise<number> {
  return page.evaluate(() => (globalThis as unknown as Scope).outageMs);
}

/** Resolves when the page has opened more sockets than `before`. */
export async function reconnected(page: Page, before: number): Promise<void> {
  await page.waitForFunction(
    (before) => (globalThis as unknown as Scope).opened > before,
    before,
    { polling: 100 },
  );
}

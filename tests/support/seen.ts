import type { Locator } from "playwright-core";
import type { Page as PuppeteerPage } from "puppeteer-core";
import { type Look, watchInPage } from "./seen/check.ts";

/**
 * Milliseconds for which a person waits, as in all other waits of the tests.
 */
const TIMEOUT_MS = 15_000;
/** The element is looked up again after this time, as it may have been replaced. */
const ROUND_MS = 500;
/** A look itself can take this long on a busy host. */
const LOOK_MS = 2_000;

export interface SeenOptions extends Look {
  timeout?: number;
}

/** An element of Playwright, or of a page that puppeteer drives. */
export type Target = Locator | { page: PuppeteerPage; selector: string };

/**
 * Waits until a person sees the element without doing anything: it is rendered,
 * opaque, in the viewport, cut off by nothing and covered by nothing. Throws the
 * reason why not.
 */
export function seen(target: Target, options?: SeenOptions): Promise<void> {
  return look(target, { ...options, scrolls: false });
}

/** The same for a person who scrolls to the element first. */
export function reach(target: Target, options?: SeenOptions): Promise<void> {
  return look(target, { ...options, scrolls: true });
}

type ClickOptions = NonNullable<Parameters<Locator["click"]>[0]>;

/** Scrolls to the element as a person can, sees it, and presses it. */
export async function press(
  target: Target,
  options: SeenOptions & ClickOptions = {},
): Promise<void> {
  await look(target, { ...options, scrolls: true, press: true });
  if ("selector" in target) await target.page.click(target.selector);
  else await target.click(clickOptions(options));
}

function clickOptions(options: SeenOptions & ClickOptions): ClickOptions {
  const { part: _, opacity: __, press: ___, ...rest } = options;
  return rest;
}

/**
 * Presses where another control may have been pressed just before. The product
 * takes such a press within half a second for the second half of a double press,
 * unless a key came between them.
 */
export async function pressNext(target: Locator): Promise<void> {
  await look(target, { scrolls: true, press: true });
  await target.page().keyboard.press("Shift");
  await target.click();
}

/** Scrolls to the field as a person can, sees it, and replaces its text. */
export async function enter(target: Target, text: string): Promise<void> {
  await look(target, { scrolls: true, press: true });
  if (!("selector" in target)) return target.fill(text);
  await target.page.locator(target.selector).fill(text);
}

/** Waits until no part of the element is rendered. */
export function gone(
  target: Locator,
  options: { timeout?: number } = {},
): Promise<void> {
  return target.waitFor({ ...options, state: "hidden" });
}

/** Waits until the element has the focus: a person sees the caret before they type. */
export async function focused(target: Locator): Promise<void> {
  await target.evaluate(
    (element, timeout) =>
      new Promise<void>((done, fail) => {
        const end = performance.now() + timeout;
        const look = () => {
          if (element.matches(":focus")) done();
          else if (performance.now() > end) {
            fail(new Error("without the focus"));
          } else setTimeout(look, 10);
        };
        look();
      }),
    TIMEOUT_MS,
  );
}

/** Waits for text that only screen readers get. */
export function announced(
  target: Locator,
  options: { timeout?: number } = {},
): Promise<void> {
  return target.waitFor({ ...options, state: "attached" });
}

async function look(
  target: Target,
  { timeout = TIMEOUT_MS, scrolls, ...look }: SeenOptions & {
    scrolls: boolean;
  },
): Promise<void> {
  const end = performance.now() + timeout;
  let reason: string | undefined = "not in the page";
  for (;;) {
    const ms = end - performance.now();
    if (ms <= 0) break;
    try {
      reason = await watch(target, look, scrolls, ms);
    } catch (error) {
      if (!isPassing(error)) throw error;
      if (error.name === "TimeoutError") reason = "not in the page";
    }
    if (reason === undefined) return;
  }
  const name = "selector" in target ? target.selector : String(target);
  throw new Error(`Not seen within ${timeout} ms: ${name}: ${reason}`);
}

/** Looks for a while; resolves with the reason if it was not seen. */
async function watch(
  target: Target,
  look: Look,
  scrolls: boolean,
  ms: number,
): Promise<string | undefined> {
  const options = { look, scrolls, ms: Math.min(ms, ROUND_MS) };
  const timeout = Math.max(ms, LOOK_MS);
  if (!("selector" in target)) {
    return await target.evaluate(watchInPage, options, { timeout });
  }
  const element = await target.page.waitForSelector(target.selector, {
    timeout,
  });
  return await element?.evaluate(watchInPage, options);
}

/** True if the page was left, or the element not found, while we looked. */
function isPassing(error: unknown): error is Error {
  return error instanceof Error && (error.name === "TimeoutError" ||
    /context was destroyed|navigat|detached|not attached|Cannot find context/
      .test(error.message));
}

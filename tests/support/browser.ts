import { type BrowserContext, chromium } from "playwright-core";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { findChromium, getWholeChromium } from "./get_chromium.ts";

const ARGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
  "--autoplay-policy=no-user-gesture-required",
  "--use-fake-ui-for-media-stream",
  "--use-fake-device-for-media-stream",
];

export interface TestBrowser extends AsyncDisposable {
  browser: Browser;
  /** Opens a new profile with its own cookies, storage and permissions. */
  open(options?: BrowserContextOptions): Promise<TestProfile>;
  /** Console errors and exceptions of pages of all profiles. */
  errors: string[];
}

export interface TestProfile {
  context: BrowserContext;
  page: Page;
  /** Console errors and exceptions of pages; a widget must cause none. */
  errors: string[];
}

/**
 * Opens real Chromium, headless, with a fake camera and microphone that produce
 * a real picture and tone. Loopback only.
 */
export async function openBrowser(
  args: string[] = [],
  /** Arguments of Playwright to leave out. */
  without: string[] = [],
  executablePath = findChromium(),
): Promise<TestBrowser> {
  if (executablePath === undefined) {
    throw new Error("Cannot find Chromium: see tests/support/get_chromium.ts");
  }
  const browser = await chromium.launch({
    executablePath,
    args: [...ARGS, ...args],
    ignoreDefaultArgs: without,
  });
  const all: string[] = [];
  return {
    browser,
    errors: all,
    async open(options = {}) {
      const context = await browser.newContext({ locale: "en", ...options });
      const errors = errorsOf(context, (error) => all.push(error));
      return { context, page: await context.newPage(), errors };
    },
    [Symbol.asyncDispose]: () => browser.close(),
  };
}

/** Opens the whole of Chromium, headless, with a profile on the disk. The shell
 * and the profiles of openBrowser(), which are private ones, show no notification
 * of a service worker. */
export async function openStoredProfile(
  options: BrowserContextOptions = {},
): Promise<TestProfile & AsyncDisposable> {
  const executablePath = await getWholeChromium();
  const folder = await Deno.makeTempDir({ prefix: "widgets-" });
  const context = await chromium.launchPersistentContext(folder, {
    ...{ executablePath, args: ARGS, locale: "en" },
    ...options,
  });
  const errors = errorsOf(context);
  return {
    ...{ context, errors },
    page: context.pages()[0] ?? await context.newPage(),
    async [Symbol.asyncDispose]() {
      await context.close();
      await Deno.remove(folder, { recursive: true });
    },
  };
}

/** Collects what pages report. */
function errorsOf(
  context: BrowserContext,
  tell: (error: string) => void = () => {},
): string[] {
  context.setDefaultTimeout(15_000);
  const errors: string[] = [];
  const add = (error: string) => {
    errors.push(error);
    tell(error);
  };
  context.on("weberror", (error) => add(String(error.error())));
  context.on("console", (message) => {
    if (message.type() === "error") add(message.text());
  });
  return errors;
}

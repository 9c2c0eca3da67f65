import { type BrowserContext, chromium } from "playwright-core";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { findChromium } from "./get_chromium.ts";

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
  /** A fresh profile: its own cookies, storage and permissions. */
  open(options?: BrowserContextOptions): Promise<TestProfile>;
}

export interface TestProfile {
  context: BrowserContext;
  page: Page;
  /** What pages wrote as errors and threw: a widget must add nothing here. */
  errors: string[];
}

/**
 * Real Chromium, headless, with a fake camera and microphone that make a real
 * picture and tone. Loopback only.
 */
export async function openBrowser(args: string[] = []): Promise<TestBrowser> {
  const executablePath = findChromium();
  if (executablePath === undefined) {
    throw new Error("Cannot find Chromium: see tests/support/get_chromium.ts");
  }
  const browser = await chromium.launch({
    executablePath,
    args: [...ARGS, ...args],
  });
  return {
    browser,
    async open(options = {}) {
      const context = await browser.newContext({ locale: "en", ...options });
      context.setDefaultTimeout(15_000);
      const errors: string[] = [];
      context.on("weberror", (error) => errors.push(String(error.error())));
      context.on("console", (message) => {
        if (message.type() === "error") errors.push(message.text());
      });
      return { context, page: await context.newPage(), errors };
    },
    [Symbol.asyncDispose]: () => browser.close(),
  };
}

import puppeteer, { type Browser, type Page } from "puppeteer-core";
import { getProgram } from "./get_debian.ts";

/** Firefox, headless, over WebDriver BiDi. */
export interface Firefox extends AsyncDisposable {
  browser: Browser;
  page: Page;
  /** Console errors and exceptions of the page. */
  errors: string[];
}

/**
 * Opens Debian's Firefox ESR, or the one in `FIREFOX`, with a fake camera and
 * microphone that produce a real picture and tone, and need no permission.
 * Throws one sentence if it is not available.
 */
export async function openFirefox(): Promise<Firefox> {
  const executablePath = Deno.env.get("FIREFOX") ??
    await getProgram("firefox");
  const browser = await puppeteer.launch({
    browser: "firefox",
    executablePath,
    extraPrefsFirefox: {
      "intl.accept_languages": "en",
      "media.autoplay.default": 0,
      "media.navigator.permission.disabled": true,
      "media.navigator.streams.fake": true,
      // Peers on this host find each other by their real addresses.
      "media.peerconnection.ice.obfuscate_host_addresses": false,
      "media.peerconnection.ice.loopback": true,
    },
  });
  const page = await browser.newPage();
  page.setDefaultTimeout(15_000);
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  return {
    browser,
    page,
    errors,
    [Symbol.asyncDispose]: () => browser.close(),
  };
}

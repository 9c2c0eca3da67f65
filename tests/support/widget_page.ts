import { deepEqual } from "node:assert/strict";
import type { Page } from "playwright-core";
import { openBrowser, type TestProfile } from "./browser.ts";
import { FakeService } from "./fake_service.ts";
import { type PageKind, serveForeignPage, windowFor } from "./foreign_page.ts";

export interface WidgetPage extends AsyncDisposable {
  service: FakeService;
  page: Page;
  profile: TestProfile;
  /** Address of the page. */
  url: string;
  /** Paths that the page requested from the service; sockets are `ws`. */
  requests: string[];
}

export interface PageOptions {
  kind?: PageKind;
  service?: Partial<FakeService>;
  /** Attributes of the element, or the whole body. */
  attributes?: string;
  body?: (service: FakeService) => string;
  viewport?: { width: number; height: number };
  colorScheme?: "light" | "dark";
  locale?: string;
}

/**
 * Opens a page of another origin that shows the widget, with its own policy and
 * styles if it is hostile. When it is disposed of, no error and no violation
 * may have been reported.
 */
export async function openWidgetPage(
  { kind = "strict", service: own = {}, attributes = "", body, ...options }:
    PageOptions = {},
): Promise<WidgetPage> {
  const service = await FakeService.open(own);
  const site = serveForeignPage(
    kind,
    service.origin,
    () =>
      `<!doctype html><html lang="en"><title>Shop</title>
       <meta name="viewport" content="width=device-width">
       <main><h1>Shop</h1>${
        body?.(service) ?? service.tags(attributes)
      }</main>`,
  );
  const browser = await openBrowser();
  const profile = await browser.open({
    locale: "en-GB",
    ...windowFor(kind),
    ...options,
  });
  const requests: string[] = [];
  profile.page.on("request", (request) => {
    const url = new URL(request.url());
    if (url.origin !== site.origin) requests.push(url.pathname);
  });
  profile.page.on("websocket", () => requests.push("ws"));
  await profile.page.goto(site.origin);
  return {
    service,
    page: profile.page,
    profile,
    url: site.origin,
    requests,
    async [Symbol.asyncDispose]() {
      await browser[Symbol.asyncDispose]();
      await service[Symbol.asyncDispose]();
      await site[Symbol.asyncDispose]();
      deepEqual([...profile.errors, ...site.posted.all], []);
    },
  };
}

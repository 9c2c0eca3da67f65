import { deepEqual } from "node:assert/strict";
import type { BrowserContextOptions, Page } from "playwright-core";
import { AdminClient, PASSWORD } from "./admin_client.ts";
import { openBrowser, type TestBrowser, type TestProfile } from "./browser.ts";
import {
  isViolation,
  type PageKind,
  serveForeignPage,
  windowFor,
} from "./foreign_page.ts";
import { enter, press, seen } from "./seen.ts";
import { type Service, startService } from "./service.ts";
import type { Website } from "./website.ts";

/** The whole product in use: the program, a browser, and an administrator. */
export interface Product extends AsyncDisposable {
  service: Service;
  browser: TestBrowser;
  admin: AdminClient;
  /** Opens the desk of a new agent in a browser. */
  openDesk(
    name: string,
    displayName: string,
    options?: BrowserContextOptions,
  ): Promise<Desk>;
  /** Opens another company's website that shows the widgets. */
  website(uuids: string[], more?: string): Website;
  /** The same with this body. */
  websiteOf(body: string): Website;
}

export interface Desk extends TestProfile {
  page: Page;
  name: string;
}

/**
 * Starts everything; the administrator is `admin` with {@linkcode PASSWORD}.
 * Websites are of this kind; at the end no page may have violated its policy.
 * `browserArgs` are Chromium's.
 */
export async function openProduct(
  args: string[] = [],
  kind: PageKind = "plain",
  browserArgs: string[] = [],
): Promise<Product> {
  const stack = new AsyncDisposableStack();
  const service = stack.use(
    await startService({
      // Does not wait for a chat that is still running at the end of a test.
      args: [`--admin-password=${PASSWORD}`, "--drain-seconds=0", ...args],
    }),
  );
  const browser = stack.use(await openFor(kind, browserArgs));
  const admin = await AdminClient.signIn(service.url, "admin", PASSWORD);

  const sites: Website[] = [];

  async function openDesk(
    name: string,
    displayName: string,
    options?: BrowserContextOptions,
  ): Promise<Desk> {
    await admin.addPerson(name, displayName);
    const profile = await browser.open({
      ...options,
      permissions: ["camera", "microphone", "notifications"],
    });
    await signIn(profile.page, service.url, name);
    await profile.page.goto(`${service.url}/desk`);
    await seen(profile.page.getByRole("radio", { name: "Online" }));
    return { ...profile, name };
  }

  function website(uuids: string[], more = ""): Website {
    const tags = uuids
      .map((uuid) => `<contact-widget uuid="${uuid}"></contact-widget>`);
    return websiteOf(`<h1>Our shop</h1>${tags.join("")}${more}
      <script type="module" src="${service.url}/widget.js" async></script>`);
  }

  function websiteOf(body: string): Website {
    const site = serveForeignPage(kind, service.url, () => htmlPage(body));
    sites.push(site);
    return stack.use(site);
  }

  return {
    service,
    browser,
    admin,
    openDesk,
    website,
    websiteOf,
    async [Symbol.asyncDispose]() {
      await stack.disposeAsync();
      deepEqual(browser.errors.filter(isViolation), []);
      deepEqual(sites.flatMap(({ posted }) => posted.all), []);
    },
  };
}

/** Opens a browser whose windows are those for a page of this kind. */
async function openFor(kind: PageKind, args: string[]): Promise<TestBrowser> {
  const browser = await openBrowser(args);
  return {
    ...browser,
    open: (options) => browser.open({ ...windowFor(kind), ...options }),
  };
}

/** A plain page of a website, with a title and a viewport. */
export function htmlPage(body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Our shop</title></head><body>${body}</body></html>`;
}

/** Signs in by the form, as users do. */
export async function signIn(
  page: Page,
  url: string,
  name: string,
): Promise<void> {
  await page.goto(`${url}/login`);
  await enter(page.getByLabel("Sign-in name"), name);
  await enter(page.getByLabel("Password"), PASSWORD);
  await press(page.getByRole("button", { name: "Sign in" }));
  await page.waitForURL((at) => at.pathname !== "/login");
}

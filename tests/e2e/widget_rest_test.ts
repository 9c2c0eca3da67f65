import { deepEqual, equal } from "node:assert/strict";
import type { Page } from "playwright-core";
import { openBrowser } from "@/tests/support/browser.ts";
import { getWholeChromium } from "@/tests/support/get_chromium.ts";
import { FakeService } from "@/tests/support/fake_service.ts";
import { seen } from "@/tests/support/seen.ts";
import { info, session } from "@/tests/support/visitor_messages.ts";
import { serveWebsite } from "@/tests/support/website.ts";
import { openWidgetPage } from "@/tests/support/widget_page.ts";

// A hidden page must not send anything.

const ada = info({ id: "ada", dn: "Ada" });

function persisted(page: Page): Promise<boolean[]> {
  return page.evaluate(() => Reflect.get(globalThis, "shows"));
}

Deno.test("a page with the widget is kept in the back/forward cache and is live again", async () => {
  await using service = await FakeService.open({ infos: [ada] });
  await using site = serveWebsite(() =>
    `<!doctype html><title>Shop</title>${service.tags()}`
  );
  await using browser = await openBrowser(
    [],
    ["--disable-back-forward-cache"], // Else Playwright turns that cache off.
    await getWholeChromium(),
  );
  const { page, errors } = await browser.open();
  await page.addInitScript(() => {
    const shows: boolean[] = [];
    Object.assign(globalThis, { shows });
    addEventListener("pageshow", (event) => shows.push(event.persisted));
  });
  await page.goto(`${site.origin}/first`);
  await seen(page.getByText("Ada"));

  await page.goto(`${site.origin}/second`);
  await service.once("Start", 2);
  await page.goBack({ waitUntil: "commit" });
  await service.once("Start", 3);
  service.say({ ...ada, presence: "dnd" });
  await seen(page.getByText("Do not disturb"));

  deepEqual(await persisted(page), [false, true]);
  deepEqual(errors, []);
});

Deno.test("a hidden page sends nothing for an hour", async () => {
  await using shown = await openWidgetPage({
    service: { session: session({ type: "sidebar" }), infos: [ada] },
  });
  const { page, service, url } = shown;
  await page.clock.install();
  await page.goto(`${url}/hidden`);
  await seen(page.locator(".launcher"));
  await page.evaluate(() => {
    Object.defineProperty(document, "hidden", { get: () => true });
    document.dispatchEvent(new Event("visibilitychange"));
  });
  const before = service.heard.length;

  await page.clock.runFor(60 * 60_000);
  service.say({ ...ada, presence: "busy" });
  await seen(page.locator(".launcher", { hasText: "Nobody is available" }));

  equal(service.heard.length, before);
});

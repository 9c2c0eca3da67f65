import { deepEqual, equal } from "node:assert/strict";
import { startDemo } from "../demo/demo.ts";
import { openBrowser } from "../support/browser.ts";

Deno.test("deno task demo: a website whose cards are live, and a PBX page that shows why", async () => {
  await using demo = await startDemo();
  await using browser = await openBrowser();
  const { page, errors } = await browser.open();

  await page.goto(demo.website);
  const cards = page.locator("contact-widget").first();
  await cards.getByText("Service desk").waitFor();
  await cards.getByText("Away").waitFor();
  await page.goto(`${demo.service}/login?next=/admin/pbx`);
  await page.getByLabel("name", { exact: false }).first().fill("admin");
  await page.locator("input[type=password]").fill(demo.password);
  await page.locator("button[type=submit]").click();
  await page.getByText("example.com/master/widgets").first().waitFor();
  const filter = page.getByLabel("Filter");
  await filter.fill("PresenceUpdate");
  await page.locator(".pbx-entry").first().waitFor();
  const shown = await page.locator(".pbx-entry strong").allTextContents();

  equal(new Set(shown).size, 1, String(shown));
  deepEqual(errors, []);
});

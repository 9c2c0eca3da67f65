import { equal } from "node:assert/strict";
import { openBrowser } from "../support/browser.ts";
import { buildFixture, serveFresh } from "../support/fresh_site.ts";

Deno.test("[FR32] a page in development reloads after a build, not after a restart", async () => {
  await using one = await buildFixture();
  await using two = await buildFixture();
  await using browser = await openBrowser();
  const { page } = await browser.open();
  const events = () =>
    page.waitForResponse((response) => response.url().endsWith("/builds"));
  const first = serveFresh(one.build, { dev: true });
  const { port, url } = first;
  const firstHeard = events();
  await page.goto(`${url}/about`);
  await firstHeard;
  await page.evaluate("window.kept = true");

  await first[Symbol.asyncDispose]();
  const again = events();
  const second = serveFresh(one.build, { dev: true, port });
  await again;
  equal(await page.evaluate("window.kept"), true);

  await second[Symbol.asyncDispose]();
  const reloaded = page.waitForEvent("load");
  await using _third = serveFresh(two.build, { dev: true, port });
  await reloaded;
  equal(await page.evaluate("window.kept"), undefined);
});

Deno.test("[FR32] a page in production has no reload script", async () => {
  await using fixture = await buildFixture();
  await using browser = await openBrowser();
  const { page } = await browser.open();
  await using site = serveFresh(fixture.build);

  await page.goto(`${site.url}/about`);

  equal((await page.content()).includes("reload.js"), false);
  equal((await page.request.get(`${site.url}/_fresh/builds`)).status(), 404);
});

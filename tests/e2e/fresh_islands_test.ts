import { deepEqual, equal, notEqual } from "node:assert/strict";
import type { Page } from "playwright-core";
import { openBrowser } from "../support/browser.ts";
import { buildFixture, serveFresh } from "../support/fresh_site.ts";

Deno.test("islands in a real browser", async (t) => {
  await using fixture = await buildFixture();
  await using site = serveFresh(fixture.build);
  await using browser = await openBrowser();
  const { page, errors } = await browser.open();
  await page.goto(`${site.url}/islands`);

  await t.step(
    "[FR17] are interactive when the page has loaded, each independently",
    async () => {
      const [first, second] = [counter(page, 0), counter(page, 1)];

      await first.click();
      await first.click();
      await second.click();

      deepEqual(await texts(page, ".counter button"), ["5", "11"]);
    },
  );

  await t.step(
    "[FR18] render islands inside them as plain components",
    async () => {
      deepEqual(await texts(page, ".counter em"), ["odd", "odd"]);
    },
  );

  await t.step(
    "[FR17] hydrate the server's HTML and leave the rest of the page alone",
    async () => {
      deepEqual(await texts(page, "main > p"), [
        "before",
        "between",
        "+ text 1",
      ]);
      equal(
        await page.locator(".counter input").first().getAttribute("class"),
        "server",
      );
    },
  );

  await t.step(
    "[FR24] know the URLs of static files that are cached for a year",
    async () => {
      const href = await page.locator(".counter a").first().getAttribute(
        "href",
      );

      notEqual(href, "/sounds/ring.mp3");
      const response = await page.request.get(site.url + href);
      equal(
        response.headers()["cache-control"],
        "public, max-age=31536000, immutable",
      );
    },
  );

  await t.step("[FR19] share a signal passed to both", async () => {
    await page.locator("#plus").click();

    equal(await page.locator("#total").textContent(), "2");
  });

  await t.step(
    "[FR19] get props of the same types as on the server",
    async () => {
      const seen = await page.locator("#values").textContent();

      deepEqual(seen?.split("\n"), [
        "text: [object String] </script><script>window.hacked = true</script><!--",
        "nothing: [object Undefined] undefined",
        `date: [object Date] ${new Date(0)}`,
        "url: [object URL] https://example.com/a",
        "map: [object Map] [object Map]",
        "set: [object Set] [object Set]",
        "bytes: [object Uint8Array] 1,2",
        "list: [object Array] 1,,[object Object]",
      ]);
      equal(await page.evaluate("window.hacked"), undefined);
    },
  );

  await t.step("[FR17] can render nothing on the server", async () => {
    equal(await page.locator("#shown").textContent(), "here");
  });

  await t.step("[FR22] work under a strict policy", () => {
    deepEqual(errors, []);
  });

  await t.step(
    "[FR17] that fail report it and leave the others alone",
    async () => {
      const thrown = page.waitForEvent("pageerror");
      await page.goto(`${site.url}/broken`);

      await counter(page, 0).click();

      equal((await thrown).message, "broken on purpose");
      deepEqual(await texts(page, ".counter button"), ["2"]);
    },
  );

  await t.step(
    "[FR22] load only their own scripts",
    async () => {
      const scripts: string[] = [];
      page.on("request", (request) => scripts.push(request.url()));
      await page.goto(`${site.url}/about`);

      await page.getByRole("button", { name: "More" }).click();

      equal(await page.locator("button").getAttribute("aria-expanded"), "true");
      equal(scripts.some((url) => url.includes("Counter")), false);
    },
  );

  await t.step(
    "[FR40] preload all their modules",
    async () => {
      const named = await page.locator("script[src], link[rel=modulepreload]")
        .evaluateAll((all) =>
          all.map((element) =>
            element.getAttribute("src") ?? element.getAttribute("href")
          )
        );
      const loaded = new Set<string>();
      page.on("request", (request) => {
        if (request.resourceType() !== "script") return;
        loaded.add(new URL(request.url()).pathname);
      });
      await page.reload();

      deepEqual([...loaded].sort(), named.sort());
    },
  );

  await t.step("[FR22] add no script to a page without islands", async () => {
    await page.goto(`${site.url}/`);

    equal(await page.locator("script").count(), 0);
  });
});

function counter(page: Page, index: number) {
  return page.locator(".counter button").nth(index);
}

function texts(page: Page, selector: string): Promise<string[]> {
  return page.locator(selector).allTextContents();
}

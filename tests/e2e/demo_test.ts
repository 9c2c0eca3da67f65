import { deepEqual } from "node:assert/strict";
import type { Locator } from "playwright-core";
import { startDemo } from "../demo/demo.ts";
import { checkAccess } from "../support/axe.ts";
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
  await page.getByText("AppChallenge", { exact: true })
    .waitFor({ state: "hidden" });
  const shown = await page.locator(".pbx-entry strong").allTextContents();

  deepEqual([...new Set(shown)], ["PresenceUpdate"]);
  deepEqual(errors, []);
  await checkAccess(page);
});

Deno.test("deno task demo: the widget sees an agent of the PBX, and writes with another", async () => {
  await using demo = await startDemo();
  await using browser = await openBrowser();
  const { page, errors } = await browser.open({
    permissions: ["camera", "microphone"],
  });
  await page.goto(demo.website);
  const cards = page.locator("contact-widget").first();
  await cards.getByText("Available").first().waitFor();

  await cards.getByRole("button", { name: /video/i }).first().click();
  await cards.getByText("Connected").waitFor();
  await moves(cards.locator("video").first());
  await cards.getByRole("button", { name: /hang up/i }).click();
  await page.reload();
  await cards.getByText("Available").first().waitFor();
  await cards.getByRole("button", { name: /chat/i }).nth(1).click();
  await cards.locator("textarea").fill("Is <b>anybody</b> there?");
  await page.keyboard.press("Enter");
  await cards.getByText("You wrote to columbia: “Is <b>anybody</b> there?”")
    .waitFor();

  deepEqual(errors, []);
});

/** Waits until a video shows one picture after another. */
async function moves(video: Locator): Promise<void> {
  await video.evaluate((element: HTMLVideoElement) =>
    new Promise<void>((done) => {
      let pictures = 0;
      const next = () => {
        if (element.videoWidth > 0 && ++pictures > 10) done();
        else element.requestVideoFrameCallback(next);
      };
      element.requestVideoFrameCallback(next);
    })
  );
}

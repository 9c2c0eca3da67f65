import { deepEqual } from "node:assert/strict";
import type { Locator } from "playwright-core";
import { startDemo } from "../demo/demo.ts";
import { checkAccess } from "../support/axe.ts";
import { openBrowser } from "../support/browser.ts";
import { LEAVES_TIMERS } from "../support/simulated_pbx/werift_media.ts";
import { enter, gone, press, reach, seen } from "@/tests/support/seen.ts";

Deno.test("deno task demo serves a website with live cards, and a PBX page that shows why agents are offline", async () => {
  await using demo = await startDemo();
  await using browser = await openBrowser();
  const { page, errors } = await browser.open();

  await page.goto(demo.website);
  const cards = page.locator("contact-widget").first();
  await reach(cards.getByText("Service desk"));
  await reach(cards.getByText("Away"));
  await page.goto(`${demo.service}/login?next=/admin/pbx`);
  await enter(page.getByLabel("name", { exact: false }).first(), "admin");
  await enter(page.locator("input[type=password]"), demo.password);
  await press(page.locator("button[type=submit]"));
  await seen(page.getByText("example.com/master/widgets").first());
  const filter = page.getByLabel("Filter");
  await enter(filter, "PresenceUpdate");
  await gone(page.getByText("AppChallenge", { exact: true }));
  await reach(page.locator(".pbx-entry strong").first());
  const shown = await page.locator(".pbx-entry strong").allTextContents();

  deepEqual([...new Set(shown)], ["PresenceUpdate"]);
  deepEqual(errors, []);
  await checkAccess(page);
});

Deno.test(
  "deno task demo: the widget shows a PBX agent and chats with another",
  LEAVES_TIMERS,
  async () => {
    await using demo = await startDemo();
    await using browser = await openBrowser();
    const { page, errors } = await browser.open({
      permissions: ["camera", "microphone"],
    });
    await page.goto(demo.website);
    const cards = page.locator("contact-widget").first();
    await seen(cards.getByText("Available").first());

    await press(cards.getByRole("button", { name: /video/i }).first());
    await seen(cards.getByText("Connected"));
    await moves(cards.locator("video").first());
    await press(cards.getByRole("button", { name: /hang up/i }));
    await page.reload();
    await seen(cards.getByText("Available").first());
    await press(cards.getByRole("button", { name: /chat/i }).nth(1));
    await enter(cards.locator("textarea"), "Is <b>anybody</b> there?");
    await page.keyboard.press("Enter");
    await seen(
      cards.getByText("You wrote to columbia: “Is <b>anybody</b> there?”"),
    );

    deepEqual(errors, []);
  },
);

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

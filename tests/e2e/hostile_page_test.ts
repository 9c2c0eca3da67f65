import { deepEqual, equal, match } from "node:assert/strict";
import type { Page } from "playwright-core";
import { AgentPage } from "@/tests/support/agent_page.ts";
import { openBrowser, type TestBrowser } from "@/tests/support/browser.ts";
import { getWholeChromium } from "@/tests/support/get_chromium.ts";
import { FakeService } from "@/tests/support/fake_service.ts";
import {
  isViolation,
  type PageKind,
  serveForeignPage,
} from "@/tests/support/foreign_page.ts";
import { differingPixels } from "@/tests/support/pixels.ts";
import { enter, press, seen } from "@/tests/support/seen.ts";
import { info, session } from "@/tests/support/visitor_messages.ts";

const ada = info({
  id: "ada",
  dn: "Ada Lovelace",
  department: "Sales",
  phonenumber: "+49 30 1",
  company: { name: "Shuttles", web: "https://example.com" },
});
const grace = info({ id: "grace", dn: "Grace", order: 1, presence: "busy" });
const NOON = new Date("2026-03-04T12:00:00Z");

Deno.test("the test detects violations of its page's policy", async () => {
  await using service = await FakeService.open();
  await using site = serveForeignPage(
    "strict",
    service.origin,
    () => "<title>Shop</title><p style='color: red'>Hello</p>",
  );
  await using browser = await openBrowser();
  const { page, errors } = await browser.open();

  await page.goto(site.origin);
  const report = await site.posted.until(() => true);

  match(report, /style-src-attr/);
  deepEqual(
    errors.filter(isViolation).map((error) => /^violation:/.test(error)).sort(),
    [false, true],
  );
});

Deno.test("no style of a page changes a pixel of the widget, in any state", async () => {
  // The headless shell places some text half a pixel elsewhere by what is around.
  await using browser = await openBrowser([], [], await getWholeChromium());
  const plain = await shootAll(browser, "plain");
  const { page } = await browser.open();

  // Chromium draws a line that lies between two pixels on either of them, by
  // chance. A change by a style of the page appears each time.
  const different: Record<string, number> = {};
  for (let round = 0; round < 3; round++) {
    const hostile = await shootAll(browser, "hostile");
    for (const [state, png] of Object.entries(plain)) {
      const other = hostile[state] ?? new Uint8Array();
      const pixels = await differingPixels(page, png, other);
      different[state] = Math.min(pixels, different[state] ?? Infinity);
    }
    if (Object.values(different).every((pixels) => pixels === 0)) break;
  }

  deepEqual(different, {
    cards: 0,
    launcher: 0,
    sidebar: 0,
    chat: 0,
    ringing: 0,
    call: 0,
  });
});

Deno.test("the pixel comparison detects a difference", async () => {
  await using browser = await openBrowser();
  const { page } = await browser.open({ viewport: { width: 40, height: 30 } });
  await page.setContent(
    "<style>body { margin: 0 } i { position: fixed;" +
      "width: 2px; height: 3px; background: #eee }</style><i></i>",
  );
  const one = await page.screenshot();
  await page.setContent("");
  const other = await page.screenshot();

  equal(await differingPixels(page, one, other), 6);
});

/** Takes a picture of the widget in each state, on a page of this kind. */
async function shootAll(
  browser: TestBrowser,
  kind: PageKind,
): Promise<Record<string, Uint8Array>> {
  return {
    cards: await shootCards(browser, kind),
    ...await shootSidebar(browser, kind),
  };
}

async function openShop(browser: TestBrowser, kind: PageKind) {
  await using stack = new AsyncDisposableStack();
  const service = stack.use(
    await FakeService.open({
      infos: [ada, grace],
      now: () => NOON.getTime(),
    }),
  );
  const site = stack.use(serveForeignPage(
    kind,
    service.origin,
    () =>
      `<!doctype html><title>Shop</title>
      <body marginwidth="0" marginheight="0">${service.tags()}`,
  ));
  const profile = await browser.open({
    viewport: { width: 800, height: 700 },
    reducedMotion: "reduce",
    permissions: ["microphone", "camera"],
  });
  stack.defer(async () => {
    await profile.context.close();
    deepEqual([...profile.errors, ...site.posted.all], []);
  });
  await profile.page.clock.setFixedTime(NOON);
  const all = stack.move();
  return {
    service,
    page: profile.page,
    context: profile.context,
    url: site.origin,
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

async function shootCards(browser: TestBrowser, kind: PageKind) {
  await using shop = await openShop(browser, kind);
  await shop.page.goto(shop.url);
  await seen(shop.page.getByText("Ada Lovelace"));
  return await shop.page.locator("contact-widget .cardset").screenshot();
}

async function shootSidebar(browser: TestBrowser, kind: PageKind) {
  await using shop = await openShop(browser, kind);
  const { page, service } = shop;
  service.session = session({ type: "sidebar" }, { helpTexts: ["Questions?"] });
  await page.goto(shop.url);
  const shots: Record<string, Uint8Array> = {};
  const shoot = async (state: string) => {
    await page.mouse.move(1, 1); // Over nothing of the widget.
    await drawn(page);
    // It counts on, whatever the page's clock says.
    await page.getByRole("timer").evaluateAll((timers) =>
      timers.forEach((timer) => timer.textContent = "0:00")
    );
    shots[state] = await page.screenshot({ animations: "disabled" });
  };
  await seen(page.getByText("Questions?"));
  await shoot("launcher");

  await press(page.getByRole("button", { name: "How can we help?" }));
  await seen(page.getByRole("dialog"));
  await shoot("sidebar");

  await press(page.getByRole("button", { name: "Chat with Ada Lovelace" }));
  await enter(page.getByRole("textbox", { name: "Message" }), "Hello");
  await page.keyboard.press("Enter");
  await service.once("ChatMessage");
  // Each message is drawn before the next one is sent: Chromium rounds the place
  // of a line between two pixels depending on what it drew before.
  await drawn(page);
  service.say({ mt: "ChatInfo", state: "connected", dn: "Ada" });
  await seen(page.getByText("Ada has joined."));
  await drawn(page);
  service.write("Good morning: https://example.com/");
  await seen(page.getByText("Good morning"));
  await drawn(page);
  service.say({ mt: "ChatRead", seq: 1 });
  await seen(page.getByText("Read"));
  await shoot("chat");

  const agent = new AgentPage(await shop.context.newPage());
  await agent.page.goto(`${shop.url}/agent`);
  await page.bringToFront();
  await press(page.getByRole("button", { name: "Call Ada Lovelace" }).last());
  const offer = await service.once("Channels");
  service.say({ mt: "CallInfo", state: "alerting" });
  await seen(page.getByText("Ringing…"));
  await shoot("ringing");

  const sdp = await agent.answer("sdp" in offer ? offer.sdp : "");
  service.say({ mt: "CallInfo", state: "connected", cmd: "SELECT", sdp });
  await seen(page.getByText("Connected"));
  await agent.receives("audio");
  await shoot("call");
  return shots;
}

/** Waits for two frames, within which observers of sizes run, by which a list
 * follows its end. */
function drawn(page: Page): Promise<unknown> {
  return page.evaluate(() =>
    new Promise((done) =>
      requestAnimationFrame(() => requestAnimationFrame(done))
    )
  );
}

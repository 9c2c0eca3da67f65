import { deepEqual, equal, ok } from "node:assert/strict";
import type { Page } from "playwright-core";
import { AgentPage } from "@/tests/support/agent_page.ts";
import { forEachPage } from "@/tests/support/foreign_page.ts";
import { enter, press, seen } from "@/tests/support/seen.ts";
import { info, session } from "@/tests/support/visitor_messages.ts";
import { openWidgetPage } from "@/tests/support/widget_page.ts";

// Swapped pages, several tabs, and phones.

const ada = info({ id: "ada", dn: "Ada Lovelace" });

/** As Turbo does it: the next page's body takes the place of this one's. */
function swap(page: Page): Promise<void> {
  return page.evaluate(async () => {
    const next = document.implementation.createHTMLDocument();
    const { attributes } = document.querySelector("contact-widget")!;
    const element = next.createElement("contact-widget");
    for (const { name, value } of attributes) element.setAttribute(name, value);
    next.body.append(next.createElement("h1"), element);
    const change = document.startViewTransition(() => {
      document.body.replaceWith(document.adoptNode(next.body));
    });
    await change.finished;
  });
}

forEachPage(
  "a page swapped in a view transition keeps a call and a chat",
  async (kind) => {
    await using shown = await openWidgetPage({
      kind,
      service: { infos: [ada] },
    });
    const { page, service, profile, url } = shown;
    const agent = new AgentPage(await profile.context.newPage());
    await agent.page.goto(`${url}/agent`);
    await page.bringToFront();
    await press(page.getByRole("button", { name: "Chat with Ada Lovelace" }));
    await enter(page.getByRole("textbox", { name: "Message" }), "Hello");
    await page.keyboard.press("Enter");
    await service.once("ChatMessage");
    await press(
      page.getByRole("dialog")
        .getByRole("button", { name: "Call Ada Lovelace" }),
    );
    const offer = await service.once("Channels");
    const sdp = await agent.answer("sdp" in offer ? offer.sdp : "");
    service.say({ mt: "CallInfo", state: "connected", cmd: "SELECT", sdp });
    await seen(page.getByRole("timer"));

    const starts = () =>
      service.heard.filter(({ mt }) => mt === "Start").length;
    const before = starts();

    await swap(page);
    await swap(page);
    await agent.receives("audio");
    service.write("Good morning");
    await press(
      page.getByRole("dialog")
        .getByRole("button", { name: /^Chat(,|$)/ }),
    );
    await seen(page.getByText("Good morning"));
    await press(page.getByRole("button", { name: "Hang up" }));
    await service.once("ClearCall");

    equal(starts(), before);
  },
);

Deno.test("of several tabs, only the one with the chat counts messages and plays sounds", async () => {
  await using shown = await openWidgetPage({
    service: { session: session({ type: "sidebar" }), infos: [ada] },
  });
  const { page, service, profile, url } = shown;
  const listen = (tab: Page) =>
    tab.addInitScript(() => {
      const scope = globalThis as unknown as { sounds: number };
      scope.sounds = 0;
      globalThis.AudioContext = class extends AudioContext {
        constructor() {
          super();
          scope.sounds++;
        }
      };
    });
  const tab = await profile.context.newPage();
  for (const each of [page, tab]) {
    await listen(each);
    await each.goto(`${url}/listening`);
  }
  await page.bringToFront();
  await press(page.getByRole("button", { name: "How can we help?" }));
  await press(page.getByRole("button", { name: "Chat with Ada Lovelace" }));
  await enter(page.getByRole("textbox", { name: "Message" }), "Hello");
  await page.keyboard.press("Enter");
  await service.once("ChatMessage");
  await press(page.getByRole("button", { name: "Close" }));

  service.write("one"); // To all sockets: a tab without the chat ignores it.
  await seen(page.getByRole("button", { name: "Unread messages: 1" }));
  service.say({ ...ada, presence: "busy" });
  await seen(tab.locator(".launcher"));
  const sounds = await Promise.all(
    [page, tab].map((each) => each.evaluate<number>("sounds")),
  );

  deepEqual(sounds, [1, 0]);
  equal(await tab.getByText("Unread").count(), 0);
});

Deno.test("on a phone the text field stays above the keyboard, and nothing zooms", async () => {
  await using shown = await openWidgetPage({
    service: {
      session: session({ type: "sidebar" }, { fontSize: 12 }),
      infos: [ada],
    },
    viewport: { width: 390, height: 800 },
  });
  const { page, profile, url } = shown;
  await page.addInitScript(() => {
    const view = Object.assign(new EventTarget(), {
      height: 800,
      offsetTop: 0,
    });
    Object.defineProperty(globalThis, "visualViewport", { value: view });
  });
  const tools = await profile.context.newCDPSession(page);
  await page.goto(`${url}/phone`);
  await press(page.getByRole("button", { name: "How can we help?" }));
  await press(page.getByRole("button", { name: "Chat with Ada Lovelace" }));
  const field = page.getByRole("textbox", { name: "Message" });
  await seen(field);
  const panel = page.getByRole("dialog");
  const low = await bottomOf(page);
  await tools.send("Emulation.setSafeAreaInsetsOverride", {
    insets: { bottom: 34 },
  });
  const send = page.getByRole("button", { name: "Send" });
  const aboveBar = 800 - (await bottomOf(page, send));

  await page.evaluate(() => {
    const view = Object.assign(visualViewport!, { height: 450 });
    view.dispatchEvent(new Event("resize"));
  });
  await enter(field, "Hello");
  const keyboard = [await bottomOf(page), await bottomOf(page, send)];
  const box = await panel.boundingBox();
  const sizes = await page.evaluate(() => {
    const root = document.querySelector("contact-widget")?.shadowRoot;
    return [...root?.querySelectorAll("input, textarea") ?? []]
      .map((input) => parseFloat(getComputedStyle(input).fontSize));
  });

  equal(low, 800);
  ok(aboveBar >= 34, `${aboveBar} px above the edge`);
  ok(keyboard.every((bottom) => bottom <= 450), keyboard.join());
  ok(box !== null && box.y >= 0, JSON.stringify(box));
  ok(sizes.length > 0 && sizes.every((size) => size >= 16), sizes.join());
});

/** Returns the bottom edge of an element, or of the panel, in px. */
async function bottomOf(page: Page, what = page.getByRole("dialog")) {
  const box = await what.boundingBox();
  return Math.round((box?.y ?? 0) + (box?.height ?? 0));
}

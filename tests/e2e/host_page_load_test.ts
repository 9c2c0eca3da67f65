import { deepEqual, equal } from "node:assert/strict";
import type { Page } from "playwright-core";
import { info, session } from "@/tests/support/visitor_messages.ts";
import { openWidgetPage } from "@/tests/support/widget_page.ts";
import { enter, gone, press, seen } from "@/tests/support/seen.ts";
import { forEachWidth, WINDOWS } from "@/tests/support/widths.ts";

const ada = info({ id: "ada", dn: "Ada Lovelace" });
const away = { ...ada, presence: "away" as const };
const NOBODY = "Nobody is available right now.";

async function beginChat(page: Page) {
  await press(page.getByRole("button", { name: "How can we help?" }));
  await press(page.getByRole("button", { name: "Chat with Ada" }));
  await enter(page.getByRole("textbox", { name: "Message" }), "Hello");
  await page.keyboard.press("Enter");
  await seen(page.getByRole("log").getByText("Hello"));
}

Deno.test("a page that loads with an open chat keeps the focus in its own field", async () => {
  await using shown = await openWidgetPage({
    service: { session: session({ type: "sidebar" }), infos: [ada] },
    body: (service) => `<input aria-label="Search" autofocus>${service.tags()}`,
  });
  const { page, service, url } = shown;
  await beginChat(page);
  const letters = "a".repeat(60);

  await page.goto(`${url}/next`);
  const search = page.getByRole("textbox", { name: "Search" });
  await search.pressSequentially(letters.slice(0, 30));
  await seen(page.getByRole("dialog"));
  service.write("Good morning");
  await seen(page.getByText("Good morning"));
  service.say({ mt: "ChatInfo", state: "terminated", cause: 16 });
  await seen(page.getByRole("button", { name: "New chat" }));
  await page.keyboard.type(letters.slice(30));

  equal(await search.inputValue(), letters);
});

forEachWidth(
  "a page that loads with an open chat shows the panel as before",
  async (width) => {
    await using shown = await openWidgetPage({
      service: { session: session({ type: "sidebar" }), infos: [ada] },
      ...WINDOWS[width],
    });
    const { page, url } = shown;
    await beginChat(page);
    const before = await looks(page);

    await page.goto(`${url}/next`);
    await seen(page.getByRole("log").getByText("Hello"));

    deepEqual(await looks(page), before);
  },
);

/** Returns the panel's position and background. */
async function looks(page: Page) {
  const panel = page.getByRole("dialog");
  await panel.evaluate((element) =>
    Promise.all(element.getAnimations().map(({ finished }) => finished))
  );
  return await panel.evaluate((element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    const { backgroundColor } = getComputedStyle(element);
    return { left, top, width, height, backgroundColor };
  });
}

Deno.test("while no agent is available, invitations are hidden and a sentence explains it", async () => {
  await using shown = await openWidgetPage({
    service: {
      session: session({ type: "sidebar" }, { helpTexts: ["Questions?"] }),
      infos: [away],
    },
  });
  const { page, service } = shown;
  const launcher = page.getByRole("button", { name: NOBODY });
  await seen(launcher);
  const invited = await page.getByText("Questions?").count();

  await press(launcher);
  const sentence = page.getByRole("dialog").getByText(NOBODY);
  await seen(sentence);
  // In one step, because the panel may still be sliding in.
  const isAbove = await sentence.evaluate((element) => {
    const list = element.closest("[role=dialog]")?.querySelector(".cards");
    const top = list?.getBoundingClientRect().top;
    return top !== undefined && element.getBoundingClientRect().bottom <= top;
  });
  service.say(ada);
  await gone(sentence);

  equal(invited, 0);
  equal(isAbove, true);
});

Deno.test("a chat with the only agent doesn't move the cards to say that no agent is available", async () => {
  await using shown = await openWidgetPage({ service: { infos: [ada] } });
  const { page, service } = shown;
  await press(page.getByRole("button", { name: "Chat with Ada" }));
  await enter(page.getByRole("textbox", { name: "Message" }), "Hello");
  await page.keyboard.press("Enter");
  await service.once("ChatMessage");
  const card = page.locator(".card");
  const before = await card.boundingBox();

  service.say({ ...ada, presence: "busy" });
  await seen(card.getByText("Busy"));

  deepEqual(await card.boundingBox(), before);
  equal(await page.locator(".empty").count(), 0);
});

Deno.test("help texts wait until an agent is available", async () => {
  await using shown = await openWidgetPage({
    service: {
      session: session({ type: "sidebar" }, { helpTexts: ["Questions?"] }),
      infos: [away],
    },
  });
  const { page, service } = shown;
  await seen(page.getByRole("button", { name: NOBODY }));

  service.say(ada);
  await seen(page.getByText("Questions?"));
  service.say(away);
  await gone(page.getByText("Questions?"));
});

Deno.test("cw-presence fires after a reconnect only if something changed", async () => {
  const bob = info({ id: "bob", dn: "Bob", order: 1 });
  await using shown = await openWidgetPage({ service: { infos: [ada, bob] } });
  const { page, service } = shown;
  await seen(page.getByText("Ada Lovelace"));
  const told = await page.evaluateHandle(() => {
    const told: string[] = [];
    addEventListener("cw-presence", (event) => {
      if (event instanceof CustomEvent) {
        told.push(`${event.detail.agent} ${event.detail.presence}`);
      }
    });
    return told;
  });

  service.infos = [ada, { ...bob, presence: "busy" }];
  service.cut();
  await service.once("Start", 2);
  await seen(page.locator('[data-agent="bob"]').getByText("Busy"));

  deepEqual(await told.jsonValue(), ["bob busy"]);
});

/** Replaces words as the translation of a browser does: by elements. */
function translate() {
  const root = document.querySelector("contact-widget")?.shadowRoot;
  if (!root) throw new Error("no widget");
  const walk = (node: Node) => {
    for (const child of [...node.childNodes]) {
      if (child instanceof Element) {
        if (!child.matches("[translate=no], font")) walk(child);
      } else if (child instanceof Text && child.data.trim() !== "") {
        const font = document.createElement("font");
        font.append(document.createElement("font"));
        font.firstElementChild?.append(`[${child.data}]`);
        child.replaceWith(font);
      }
    }
  };
  const translateAll = () => {
    observer.disconnect();
    walk(root);
    observer.observe(root, { subtree: true, childList: true });
  };
  const observer = new MutationObserver(translateAll);
  translateAll();
}

Deno.test("a browser's translation of the page duplicates no text and hides no change", async () => {
  await using shown = await openWidgetPage({
    kind: "plain",
    service: { infos: [ada] },
  });
  const { page, service } = shown;
  const presence = page.locator(".card .presence");
  await seen(presence.getByText("Available"));

  await page.evaluate(translate);
  await seen(presence.getByText("[Available]"));
  for (
    const [state, said] of [["away", "Away"], ["online", "Available"]] as const
  ) {
    service.say({ ...ada, presence: state });
    await seen(presence.getByText(`[${said}]`, { exact: true }));
    // A redraw without a change leaves the translation as it is.
    service.say({ ...ada, presence: state });
    equal((await presence.textContent())?.trim(), `[${said}]`);
  }
  await press(page.getByRole("button", { name: "Chat with Ada" }));
  await enter(page.getByRole("textbox", { name: "Message" }), "Hello");
  await page.keyboard.press("Enter");
  service.write("Good morning");
  await seen(page.getByText("Good morning", { exact: true }));

  deepEqual(await page.getByRole("log").locator("p[dir]").allTextContents(), [
    "Hello",
    "Good morning",
  ]);
  equal(
    await page.getByRole("heading", { name: "Ada Lovelace" }).count() > 0,
    true,
  );
});

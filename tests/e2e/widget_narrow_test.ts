import { deepEqual, equal } from "node:assert/strict";
import type { Locator, Page } from "playwright-core";
import { enter, gone, press, pressNext, seen } from "@/tests/support/seen.ts";
import { info, session } from "@/tests/support/visitor_messages.ts";
import { connect, openWithAgent } from "@/tests/support/widget_call.ts";
import {
  openWidgetPage,
  type PageOptions,
} from "@/tests/support/widget_page.ts";

const phone = info({
  id: "ada",
  dn: "Ada Lovelace",
  phonenumber: "+49 30 23125",
});
const PHONE = { isMobile: true, hasTouch: true };

async function openChat(options: PageOptions = {}) {
  const shown = await openWidgetPage({
    service: { session: session({ type: "sidebar" }), infos: [phone] },
    ...options,
  });
  const { page, service } = shown;
  await press(page.getByRole("button", { name: "How can we help?" }));
  await press(page.getByRole("button", { name: "Chat with Ada" }));
  await enter(page.getByRole("textbox", { name: "Message" }), "Hello");
  await page.keyboard.press("Enter");
  await service.once("ChatMessage");
  return shown;
}

/** Names of the panel's buttons that are smaller than a fingertip. */
function small(page: Page): Promise<string[]> {
  return page.getByRole("dialog").getByRole("button").evaluateAll((all) =>
    all.filter((each) => {
      const { width, height } = each.getBoundingClientRect();
      return width < 44 || height < 44;
    }).map((each) => each.ariaLabel ?? each.textContent ?? "")
  );
}

function isInside(inner: Locator, outer: Locator): Promise<boolean> {
  return Promise.all([inner.boundingBox(), outer.boundingBox()]).then(
    ([a, b]) =>
      a !== null && b !== null && a.x >= b.x &&
      a.x + a.width <= b.x + b.width,
  );
}

Deno.test("on a phone at 200 %, the name and both answers are fully visible and large enough to touch", async () => {
  const viewport = { width: 195, height: 422 };
  await using shown = await openChat({ viewport, ...PHONE });
  const { page } = shown;
  const panel = page.getByRole("dialog");

  await seen(page.getByRole("heading", { name: "Ada Lovelace" }));
  deepEqual(await small(page), []);
  await press(page.getByRole("button", { name: "End chat" }));
  const question = page.getByRole("alertdialog");
  for (const name of ["End chat", "Cancel"]) {
    const answer = question.getByRole("button", { name });
    await seen(answer);
    equal(await isInside(answer, panel), true, name);
  }
  deepEqual(await small(page), []);
});

Deno.test("on a phone in landscape with the keyboard open, the text field and Send are in view", async () => {
  const viewport = { width: 844, height: 160 };
  await using shown = await openChat({ viewport, ...PHONE });
  const { page } = shown;
  await page.locator(".panel").evaluate((panel) => panel.scrollTo(0, 0));

  await seen(page.getByRole("textbox", { name: "Message" }));
  await seen(page.getByRole("button", { name: "Send" }));
});

Deno.test("after the agent has left, a call and other agents are offered, but no new chat", async () => {
  await using shown = await openChat();
  const { page, service } = shown;
  service.say({ mt: "ChatInfo", state: "terminated", cause: 16 });
  await seen(page.getByRole("button", { name: "New chat" }));

  service.say({ ...phone, presence: "offline" });
  await gone(page.getByRole("button", { name: "New chat" }));
  await seen(page.getByRole("link", { name: "+49 30 23125" }));
  await pressNext(
    page.locator(".composer").getByRole("button", {
      name: "Back",
    }),
  );
  await seen(page.locator(".panel .card"));
});

Deno.test("a chat says immediately that the browser is offline", async () => {
  await using shown = await openChat();
  const { page, profile } = shown;
  const lost = page.getByText("The connection was lost.");

  await profile.context.setOffline(true);
  await seen(lost);
  await profile.context.setOffline(false);
  await gone(lost);
});

Deno.test("a message received during a call is counted on its chat button", async () => {
  await using shown = await openWithAgent("strict");
  const { page, service } = shown;
  await press(page.getByRole("button", { name: "Chat with Ada" }));
  await enter(page.getByRole("textbox", { name: "Message" }), "Hello");
  await page.keyboard.press("Enter");
  await service.once("ChatMessage");
  await press(page.getByRole("dialog").getByRole("button", { name: "Close" }));
  await connect(shown);

  service.write("Good morning");
  const chat = page.getByRole("button", { name: "Chat, Unread messages: 1" });
  await seen(chat);
  await seen(chat.locator(".unread"));
  await press(chat);
  await seen(page.getByText("Good morning"));
});

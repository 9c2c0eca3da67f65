import { deepEqual, equal } from "node:assert/strict";
import type { Page } from "playwright-core";
import { pressTwice } from "@/tests/support/press_twice.ts";
import { enter, gone, press, seen } from "@/tests/support/seen.ts";
import { info, session } from "@/tests/support/visitor_messages.ts";
import {
  openWidgetPage,
  type WidgetPage,
} from "@/tests/support/widget_page.ts";

const ada = info({ id: "ada", dn: "Ada Lovelace" });
const PHONE = { width: 390, height: 844 };

const field = (page: Page) => page.getByRole("textbox", { name: "Message" });
const button = (page: Page, name: string) =>
  page.getByRole("button", { name, exact: true });

async function openChat(
  type: "sidebar" | "cardset" = "cardset",
  viewport = PHONE,
): Promise<WidgetPage> {
  const shown = await openWidgetPage({
    kind: "plain",
    service: { session: session({ type }), infos: [ada] },
    viewport,
  });
  const { page } = shown;
  if (type === "sidebar") await press(page.locator(".launcher"));
  await press(button(page, "Chat with Ada Lovelace"));
  await seen(field(page));
  return shown;
}

async function say({ page, service }: WidgetPage, text: string): Promise<void> {
  const before = service.heard.filter(({ mt }) => mt === "ChatMessage").length;
  await enter(field(page), text);
  await field(page).press("Enter");
  await service.once("ChatMessage", before + 1);
}

const count = ({ service }: WidgetPage, mt: string) =>
  service.heard.filter((each) => each.mt === mt).length;

for (const type of ["sidebar", "cardset"] as const) {
  for (const viewport of [PHONE, { width: 1280, height: 800 }]) {
    Deno.test(`a double click on Send doesn't end the chat (${type}, ${viewport.width} px)`, async () => {
      await using shown = await openChat(type, viewport);
      const { page, service } = shown;
      await enter(field(page), "Hello");

      await button(page, "Send").hover(); // The panel has unfolded.
      const box = await button(page, "Send").boundingBox();
      await pressTwice(page, button(page, "Send"));
      await service.once("ChatMessage");
      await seen(button(page, "End chat"));
      const after = await button(page, "Send").boundingBox();

      deepEqual(after, box, "Send stays where it was");
      equal(await page.getByRole("alertdialog").count(), 0);
      equal(count(shown, "ClearChat"), 0);
    });
  }
}

Deno.test("ending a chat asks for confirmation, by mouse", async () => {
  await using shown = await openChat();
  const { page, service } = shown;
  await say(shown, "Hello");

  await pressTwice(page, button(page, "End chat"));
  const question = page.getByRole("alertdialog", { name: "End this chat?" });
  await seen(question);
  equal(count(shown, "ClearChat"), 0);
  // A press on what has just appeared at the same place counts from 500 ms on.
  const cancel = question.getByRole("button", { name: "Cancel" });
  while (await question.isVisible()) await press(cancel);
  equal(count(shown, "ClearChat"), 0);
  while (!await question.isVisible()) await press(button(page, "End chat"));
  await press(question.getByRole("button", { name: "End chat" }));

  await service.once("ClearChat");
  await seen(page.getByText("The chat has ended."));
});

Deno.test("ending a chat asks for confirmation, so Enter twice and Escape don't end it", async () => {
  await using shown = await openChat("sidebar");
  const { page, service } = shown;
  await say(shown, "Hello");
  const question = page.getByRole("alertdialog", { name: "End this chat?" });

  await button(page, "End chat").focus();
  await Promise.all([ // As fast as a key that is held down.
    page.keyboard.press("Enter"),
    page.keyboard.press("Enter"),
  ]);
  await seen(question);
  await question.evaluate((element) => { // It drops a word of an input method.
    const init = { key: "Escape", isComposing: true, bubbles: true };
    element.dispatchEvent(new KeyboardEvent("keydown", init));
  });
  await seen(question);
  await page.keyboard.press("Escape");
  await gone(question);
  await page.keyboard.type("still here");
  equal(await field(page).inputValue(), "still here");
  equal(count(shown, "ClearChat"), 0);

  await button(page, "End chat").focus();
  await page.keyboard.press("Enter");
  await seen(question);
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Enter");
  await service.once("ClearChat");
});

Deno.test("an unsent message survives a page change and a reload, from before the chat until it ends", async () => {
  await using shown = await openChat("sidebar");
  const { page, url } = shown;
  const stored = () => page.evaluate(() => JSON.stringify(sessionStorage));
  await enter(field(page), "before the first message");
  await page.goto(`${url}/first`);
  await seen(field(page));
  equal(await field(page).inputValue(), "before the first message");
  await say(shown, "Hello");
  const long = "x".repeat(5_000);
  await enter(field(page), long);

  await page.goto(`${url}/next`);
  await seen(field(page));
  equal(await field(page).inputValue(), long);
  const focused = await page.locator("contact-widget").evaluate((widget) =>
    widget.shadowRoot?.activeElement?.localName
  );
  equal(focused === "textarea", false, "the page that loads keeps the focus");
  await enter(field(page), "shorter");
  await page.reload();
  await seen(field(page));
  equal(await field(page).inputValue(), "shorter");
  await press(button(page, "End chat"));
  await press(
    page.getByRole("alertdialog").getByRole("button", { name: "End chat" }),
  );
  await seen(page.getByText("The chat has ended."));

  equal(await stored(), "{}");
});

Deno.test("a text over the limit isn't cut, and Send says why it is disabled", async () => {
  await using shown = await openChat();
  const { page, service } = shown;
  const long = "y".repeat(4_490) + "ORDER 4711";

  await enter(field(page), long);
  const reason = page.getByRole("status").filter({
    hasText: "This is too long. The limit is 4,000 characters.",
  });
  await seen(reason);
  await seen(page.getByText("4,500 / 4,000"));
  const send = button(page, "Send");
  equal(await send.getAttribute("aria-disabled"), "true");
  await field(page).press("Enter");
  await press(send, { force: true, opacity: 0.3 });
  equal(await field(page).inputValue(), long);
  await enter(field(page), long.slice(-4_000));
  await gone(reason);
  await field(page).press("Enter");

  equal((await service.once("ChatMessage")).text, long.slice(-4_000));
});

Deno.test("a name over the limit isn't cut, and Send says why it is disabled", async () => {
  await using shown = await openChat();
  const { page, service } = shown;
  const name = page.getByRole("textbox", { name: "Your name" });
  await enter(name, "n".repeat(63) + "😀");
  await enter(field(page), "Hello");
  await seen(
    page.getByRole("status").filter({
      hasText: "The limit is 64 characters.",
    }),
  );

  await field(page).press("Enter");
  equal(count(shown, "CreateChat"), 0);
  await enter(name, "n".repeat(62) + "😀");
  await field(page).press("Enter");

  equal((await service.once("CreateChat")).dn, "n".repeat(62) + "😀");
});

Deno.test("a name set by the page is cut between characters", async () => {
  await using shown = await openChat();
  const { page, service } = shown;
  await page.locator("contact-widget").evaluate(
    (widget, name) => widget.setAttribute("name", name),
    "n".repeat(63) + "😀",
  );

  await say(shown, "Hello");

  equal((await service.once("CreateChat")).dn, "n".repeat(63));
});

Deno.test("input method keys don't send a message or close the panel", async () => {
  await using shown = await openChat();
  const { page } = shown;
  await enter(field(page), "にほ");
  const press = (key: string, isComposing = false, keyCode = 0) =>
    field(page).evaluate(
      (area, [key, isComposing, keyCode]) =>
        area.dispatchEvent(
          new KeyboardEvent("keydown", {
            bubbles: true,
            composed: true,
            cancelable: true,
            key,
            isComposing,
            keyCode,
          }),
        ),
      [key, isComposing, keyCode] as const,
    );

  for (const key of ["Enter", "Escape"]) {
    await press(key, true);
    await press(key, false, 229);
  }

  equal(await field(page).inputValue(), "にほ");
  equal(count(shown, "CreateChat"), 0);
  await press("Enter");
  await shown.service.once("ChatMessage");
});

Deno.test("a chat rejected by a rate limit says so and keeps the text", async () => {
  await using shown = await openChat();
  const { page, service } = shown;
  service.acks = false;
  await say(shown, "First line");
  await say(shown, "second line");
  await enter(field(page), "and a third");

  service.say({
    mt: "Error",
    error: "rate-limited",
    text: "Too many",
    retryAfter: 30,
  });
  service.say({ mt: "ChatInfo", state: "terminated", cause: 41 });
  await seen(page.getByRole("status").filter({ hasText: "Too many requests" }));

  const text = "First line\nsecond line\nand a third";
  equal(await field(page).inputValue(), text);
  equal(await page.getByText("could not answer").count(), 0);
  await field(page).press("Enter");
  equal((await service.once("ChatMessage", 3)).text, text);
  equal(count(shown, "CreateChat"), 2);
});

Deno.test("undelivered messages are marked when the chat ends, and start the next one", async () => {
  await using shown = await openChat();
  const { page, service } = shown;
  await say(shown, "Hello");
  service.acks = false;
  await say(shown, "Are you there?");

  service.say({ mt: "ChatInfo", state: "terminated", cause: 41 });
  await seen(page.getByText("Not sent"));
  equal(await page.getByText("Sending").count(), 0);
  await press(button(page, "New chat"));

  equal(await field(page).inputValue(), "Are you there?");
});

Deno.test("a message's status changes without being announced by screen readers", async () => {
  await using shown = await openChat();
  const { page, service } = shown;
  await say(shown, "Hello");
  await seen(page.getByText("Sent"));
  await page.getByRole("log").evaluate((log) => {
    const spoken: string[] = [];
    Object.assign(globalThis, { spoken });
    new MutationObserver((records) => {
      for (const { target } of records) {
        const part = target instanceof Element ? target : target.parentElement;
        const live = part?.closest("[aria-live], [role=log]");
        if (live === log) spoken.push(target.textContent ?? "");
      }
    }).observe(log, { subtree: true, childList: true, characterData: true });
  });

  service.say({ mt: "ChatRead", seq: 1 });
  await seen(page.getByText("Read"));
  service.say({ mt: "ChatTyping", typing: true });
  await seen(page.getByText("is typing"));

  deepEqual(await page.evaluate("spoken"), []);
});

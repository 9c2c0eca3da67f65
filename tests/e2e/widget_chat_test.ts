import { deepEqual, equal, ok } from "node:assert/strict";
import type { Page } from "playwright-core";
import { endChat } from "@/tests/support/end_chat.ts";
import { forEachPage } from "@/tests/support/foreign_page.ts";
import { enter, gone, press, seen } from "@/tests/support/seen.ts";
import { info, session } from "@/tests/support/visitor_messages.ts";
import { openWidgetPage } from "@/tests/support/widget_page.ts";

const ada = info({ id: "ada", dn: "Ada Lovelace" });
const CHAT = { name: "Chat with Ada Lovelace" };

async function say(page: Page, text: string): Promise<void> {
  await enter(page.getByRole("textbox", { name: "Message" }), text);
  await page.keyboard.press("Enter");
}

const texts = (page: Page) =>
  page.getByRole("log").locator(".said p").allTextContents();

forEachPage(
  "a chat goes both ways, with joining, typing and read marks",
  async (kind) => {
    await using shown = await openWidgetPage({
      kind,
      service: { infos: [ada] },
    });
    const { page, service } = shown;
    await press(page.getByRole("button", CHAT));

    await enter(page.getByRole("textbox", { name: "Your name" }), "Bob");
    await say(page, "Hello");
    const created = await service.once("CreateChat");
    service.say({ mt: "ChatInfo", state: "alerting" });
    await seen(page.getByText("Ada Lovelace has been notified."));
    service.say({ mt: "ChatInfo", state: "connected", dn: "Ada" });
    service.say({ mt: "ChatTyping", typing: true });
    await seen(page.getByText("Ada is typing…"));
    service.write("Good morning");
    await seen(page.getByText("Good morning"));
    const read = await service.once("ChatRead");
    service.say({ mt: "ChatRead", seq: 1 });
    await seen(page.getByText("Read"));

    equal(created.dn, "Bob");
    equal(read.seq, 2);
    deepEqual(await texts(page), ["Hello", "Good morning"]);
  },
);

forEachPage(
  "nothing is lost or duplicated when the connection is cut while both write",
  async (kind) => {
    await using shown = await openWidgetPage({
      kind,
      service: { infos: [ada] },
    });
    const { page, service } = shown;
    await press(page.getByRole("button", CHAT));
    await say(page, "one");
    await service.once("ChatMessage");
    service.say({ mt: "ChatInfo", state: "connected" });

    service.silent = true;
    service.cut();
    service.write("two");
    await say(page, "three");
    await seen(page.getByText("Sending"));
    service.speak();
    await service.once("ChatMessage", 2);
    service.write("four");
    await seen(page.getByText("four"));

    deepEqual(await texts(page), ["one", "two", "three", "four"]);
  },
);

forEachPage(
  "a chat continues on the tab's next page and is deleted at its end",
  async (kind) => {
    await using shown = await openWidgetPage({
      kind,
      service: { infos: [ada] },
    });
    const { page, service, url } = shown;
    await press(page.getByRole("button", CHAT));
    await say(page, "one");
    await service.once("ChatMessage");
    service.write("two");
    await seen(page.getByText("two"));

    await page.goto(`${url}/next`);
    await seen(page.getByText("two"));
    const resumed = await service.once("Start", 2);
    await endChat(page);
    await service.once("ClearChat");
    const kept = await page.evaluate(() => sessionStorage.length);

    equal(resumed.resume, "seat1");
    deepEqual(await texts(page), ["one", "two"]);
    equal(kept, 0);
  },
);

forEachPage(
  "consent is asked for once, at the first message, which isn't lost",
  async (kind) => {
    await using shown = await openWidgetPage({
      kind,
      service: {
        session: session({}, { consent: "We keep this for a day." }),
        infos: [ada],
      },
    });
    const { page, service } = shown;
    await press(page.getByRole("button", CHAT));

    await say(page, "Hello");
    await seen(page.getByText("We keep this for a day."));
    await press(page.getByRole("button", { name: "Cancel" }));
    const kept = await page.getByRole("textbox", { name: "Message" })
      .inputValue();
    const before = service.heard.map(({ mt }) => mt);
    await page.keyboard.press("Enter");
    await press(page.getByRole("button", { name: "Agree and continue" }));
    await service.once("ChatMessage");
    await say(page, "Again");
    await service.once("ChatMessage", 2);

    equal(kept, "Hello");
    deepEqual(before, ["Start", "Opened"]);
  },
);

forEachPage(
  "links in messages can be opened, and markup stays text",
  async (kind) => {
    await using shown = await openWidgetPage({
      kind,
      service: { infos: [ada] },
    });
    const { page, service } = shown;
    await press(page.getByRole("button", CHAT));
    await say(page, "Hello");
    await service.once("ChatMessage");

    service.write("<img src=x onerror=alert(1)> https://example.com/a.");
    const link = page.getByRole("link", { name: "https://example.com/a" });
    await seen(link);

    equal(await link.getAttribute("rel"), "noopener noreferrer");
    deepEqual(
      (await texts(page)).at(-1),
      "<img src=x onerror=alert(1)> https://example.com/a.",
    );
  },
);

forEachPage(
  "messages that arrive while the panel is closed are counted",
  async (kind) => {
    await using shown = await openWidgetPage({
      kind,
      service: { session: session({ type: "sidebar" }), infos: [ada] },
    });
    const { page, service } = shown;
    await press(page.getByRole("button", { name: "How can we help?" }));
    await press(page.getByRole("button", CHAT));
    await say(page, "Hello");
    await service.once("ChatMessage");
    await press(page.getByRole("button", { name: "Close" }));

    service.write("one");
    service.write("two");
    const launcher = page.getByRole("button", { name: "Unread messages: 2" });
    await seen(launcher);
    await press(launcher);
    await seen(page.getByText("two"));

    equal((await service.once("ChatRead")).seq, 3);
  },
);

forEachPage("a chat can be saved as a text file", async (kind) => {
  await using shown = await openWidgetPage({ kind, service: { infos: [ada] } });
  const { page, service } = shown;
  await press(page.getByRole("button", CHAT));
  await say(page, "Hello");
  await service.once("ChatMessage");
  service.say({ mt: "ChatInfo", state: "terminated", cause: 16 });
  await seen(page.getByText("could not answer"));

  const downloading = page.waitForEvent("download");
  await press(page.getByRole("button", { name: "Save chat" }));
  const path = await (await downloading).path();
  const saved = await Deno.readTextFile(path);

  ok(/You: Hello\n.*Ada Lovelace could not answer\.\n$/.test(saved), saved);
});

forEachPage(
  "if storage is blocked, a chat works until the page is left",
  async (kind) => {
    await using shown = await openWidgetPage({
      kind,
      service: { infos: [ada] },
    });
    const { page, service, url } = shown;
    await page.addInitScript(() =>
      Object.defineProperty(globalThis, "sessionStorage", {
        get() {
          throw new DOMException("blocked", "SecurityError");
        },
      })
    );
    await page.goto(`${url}/blocked`);

    await press(page.getByRole("button", CHAT));
    await say(page, "Hello");
    await service.once("ChatMessage");
    service.write("Good morning");
    await seen(page.getByText("Good morning"));
  },
);

Deno.test("a press on another agent's Chat says whose chat must end first", async () => {
  const grace = info({ id: "grace", dn: "Grace Hopper" });
  await using shown = await openWidgetPage({
    service: { session: session({ type: "cardset" }), infos: [ada, grace] },
  });
  const { page, service } = shown;
  const panel = page.getByRole("dialog");
  const says = panel.getByText("You are already talking to Ada Lovelace.");
  await press(page.getByRole("button", CHAT));
  await say(page, "Hello");
  await service.once("ChatMessage");
  equal(await says.count(), 0);

  await press(panel.getByRole("button", { name: "Close" }));
  await press(page.getByRole("button", { name: "Chat with Grace Hopper" }));
  await seen(says);
  await say(page, "Still there?");
  await service.once("ChatMessage", 2);
  await gone(says);

  await press(panel.getByRole("button", { name: "Close" }));
  await press(page.getByRole("button", { name: "Chat with Grace Hopper" }));
  await seen(says);
  await press(panel.getByRole("button", { name: "Close" }));
  await press(page.getByRole("button", CHAT));
  await seen(panel.getByText("Still there?"));
  equal(await says.count(), 0);
});

forEachPage(
  "a second agent joins a chat, each message has the name of its writer, and the first one leaves",
  async (kind) => {
    await using shown = await openWidgetPage({
      kind,
      service: { infos: [ada] },
    });
    const { page, service } = shown;
    await press(page.getByRole("button", CHAT));
    await say(page, "Hello");
    await service.once("CreateChat");
    service.say({ mt: "ChatInfo", state: "connected" });
    service.say({ mt: "ChatGuest", dn: "Grace" });
    await seen(page.getByText("Grace has joined."));
    service.say({ mt: "ChatTyping", typing: true, dn: "Grace" });
    await seen(page.getByText("Grace is typing…"));
    const entry = { mt: "ChatMessage", time: 1_700_000_000 } as const;
    service.say({ ...entry, seq: 2, text: "I can help", dn: "Grace" });
    service.say({ ...entry, seq: 3, text: "Thank you, Grace" });
    await seen(page.locator(".said").filter({ hasText: "Grace" }).first());
    const log = page.getByRole("log");
    await seen(log.getByText("Ada Lovelace", { exact: true }));
    await seen(log.getByText("Grace", { exact: true }));
    service.say({ mt: "ChatInfo", state: "connected", dn: "Grace" });
    await seen(page.getByText("Ada Lovelace has left the chat."));

    deepEqual(await texts(page), ["Hello", "I can help", "Thank you, Grace"]);
  },
);

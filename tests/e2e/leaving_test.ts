import { deepEqual } from "node:assert/strict";
import type { Page } from "playwright-core";
import { agentOf } from "@/tests/support/admin_client.ts";
import type { ServerMessage } from "@/tests/support/fake_page.ts";
import { openProduct } from "@/tests/support/product.ts";
import { received, watchPeers } from "@/tests/support/media.ts";
import { enter, gone, press, seen } from "@/tests/support/seen.ts";
import { forEachWidth, WINDOWS } from "@/tests/support/widths.ts";
import { openWire } from "@/tests/support/wire.ts";

// People who leave a page, or look at another one.

Deno.test("leaving the desk asks for confirmation in a call, and only then", async () => {
  await using product = await openProduct();
  const widget = await product.admin.addWidget("cardset", (content) => {
    content.agents = [agentOf("ada", "Ada Lovelace")];
  });
  const desk = await product.openDesk("ada", "Ada Lovelace");
  await watchPeers(desk.context);
  const asked: string[] = [];
  desk.page.on("dialog", async (dialog) => {
    asked.push(dialog.type());
    await dialog.dismiss();
  });
  await press(desk.page.getByText("All quiet"));
  await desk.page.reload();
  await seen(desk.page.getByText("All quiet"));
  const before = [...asked];
  const visitor = await product.browser.open({ permissions: ["microphone"] });
  await visitor.page.goto(product.website([widget.uuid]).origin);

  await press(visitor.page.getByRole("button", { name: "Call Ada Lovelace" }));
  await press(desk.page.getByRole("button", { name: "Answer" }));
  await received(desk.page, "audio");
  const staying = desk.page.waitForEvent("dialog");
  await desk.page.evaluate(() => location.reload());
  await staying;
  await press(desk.page.getByRole("button", { name: "Hang up" }));
  await seen(visitor.page.getByText("The call has ended."));

  deepEqual([before, asked], [[], ["beforeunload"]]);
  deepEqual([...visitor.errors, ...desk.errors], []);
});

/** Runs in the page: keeps notifications, and lets a test look elsewhere. */
function keepNotifications(): void {
  const shown: Kept[] = [];
  class Kept {
    static permission = "granted";
    onclick: (() => void) | undefined;
    isClosed = false;
    constructor(readonly title: string, readonly options: NotificationOptions) {
      shown.push(this);
    }
    close() {
      this.isClosed = true;
    }
  }
  Object.assign(globalThis, { shown, Notification: Kept });
  // The page shows them itself where there is no service worker.
  const none = { get: () => undefined };
  Object.defineProperty(Navigator.prototype, "serviceWorker", none);
  document.hasFocus = () => !("looksElsewhere" in globalThis);
}

interface Shown {
  title: string;
  options: NotificationOptions;
  isClosed: boolean;
  onclick(): void;
}

const notifications = (page: Page) =>
  page.evaluate(() => {
    const { shown } = globalThis as unknown as { shown: Shown[] };
    return shown.map(({ title, options, isClosed }) =>
      `${title}: ${options.body}${isClosed ? " (closed)" : ""}`
    );
  });

async function notified(page: Page, title: string): Promise<void> {
  await page.waitForFunction((title) => {
    const { shown } = globalThis as unknown as { shown: Shown[] };
    return shown.some((one) => one.title === title);
  }, title);
}

Deno.test("an agent in another window is notified and returns by clicking", async () => {
  await using product = await openProduct();
  const { uuid } = await product.admin.addWidget("cardset", (content) => {
    content.agents = [agentOf("ada", "Ada Lovelace")];
  });
  const { page, context } = await product.openDesk("ada", "Ada Lovelace");
  await context.addInitScript(keepNotifications);
  await page.reload();
  await seen(page.getByText("All quiet"));
  const url = `${product.service.url}/widgets/service`;
  await using visitor = await openWire<ServerMessage>(url);
  visitor.say({ mt: "Start", uuid, v: 1 });
  await visitor.heard.until(({ mt }) => mt === "Info");

  await page.evaluate(() => {
    Object.assign(globalThis, { looksElsewhere: true });
    dispatchEvent(new Event("blur"));
  });
  const from = { url: "https://example.com/", title: "Prices", referrer: "" };
  visitor.say({ mt: "CreateChat", dest: "ada", dn: "Bob", page: from });
  visitor.say({ mt: "ChatMessage", id: "1", text: "Hello" });
  await notified(page, "Bob wants to chat");
  await press(page.getByRole("button", { name: "Join chat" }));
  visitor.say({ mt: "ChatMessage", id: "2", text: "Are you there?" });
  await notified(page, "Bob");
  await page.evaluate(() => {
    const { shown } = globalThis as unknown as { shown: Shown[] };
    shown.at(-1)?.onclick();
  });
  await seen(page.getByRole("log").getByText("Are you there?"));

  deepEqual(await notifications(page), [
    "Bob wants to chat: Prices (closed)",
    "Bob: Are you there? (closed)",
  ]);
});

forEachWidth("an open panel is open on the next page too", async (width) => {
  await using product = await openProduct();
  const widget = await product.admin.addWidget("sidebar", (content) => {
    content.agents = [agentOf("ada", "Ada Lovelace")];
  });
  await product.openDesk("ada", "Ada Lovelace");
  const { page, errors } = await product.browser.open(WINDOWS[width]);
  const url = product.website([widget.uuid]).origin;
  await page.goto(url);
  const launcher = page.locator("contact-widget .launcher");
  await press(launcher);
  await press(page.getByRole("button", { name: "Chat with Ada Lovelace" }));
  await enter(page.getByRole("textbox", { name: "Message" }), "Hello");
  await page.keyboard.press("Enter");
  await seen(page.getByText("Ada Lovelace has been notified."));
  const panel = page.getByRole("dialog");

  await page.goto(`${url}/open`);
  await seen(panel.getByText("Hello"));
  await press(panel.getByRole("button", { name: "Close" }));
  await gone(panel);
  await page.goto(`${url}/closed`);
  await seen(launcher);
  const opened = await panel.count();
  await press(launcher);
  await seen(panel.getByText("Hello"));

  deepEqual([opened, errors], [0, []]);
});

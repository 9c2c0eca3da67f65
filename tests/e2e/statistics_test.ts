import { deepEqual, equal, match } from "node:assert/strict";
import type { Locator, Page } from "playwright-core";
import { openStore } from "@/lib/store/open.ts";
import { agentOf, PASSWORD } from "@/tests/support/admin_client.ts";
import { openBrowser } from "@/tests/support/browser.ts";
import { endChat } from "@/tests/support/end_chat.ts";
import { startService } from "@/tests/support/service.ts";
import { temporaryPath } from "@/tests/support/temporary_store.ts";
import { checkAccess } from "@/tests/support/axe.ts";
import {
  type Desk,
  openProduct,
  type Product,
  signIn,
} from "@/tests/support/product.ts";
import { announced, enter, press, reach, seen } from "@/tests/support/seen.ts";

Deno.test("an answered chat and a missed call are in the statistics, without the visitor's data", async (t) => {
  await using product = await openProduct();
  const { page, errors } = await product.browser.open({
    timezoneId: "Europe/Berlin",
  });
  await signIn(page, product.service.url, "admin");

  await t.step(
    "before the first contact the page explains what it will show",
    async () => {
      await press(page.getByRole("link", { name: "Statistics" }));
      await seen(page.getByText("No data yet"));
      await checkAccess(page);
    },
  );

  const desk = await product.openDesk("ada", "Ada Lovelace");
  const widget = await product.admin.addWidget("sidebar", (content) => {
    content.name = "Shop";
    content.agents = [agentOf("ada", "Ada Lovelace")];
  });
  await visit(product, desk, widget.uuid);

  await t.step(
    "the figures have increased by exactly these contacts",
    async () => {
      await page.reload();
      await reach(page.locator(".plot .uplot").first());
      deepEqual(await keyFigures(page), {
        Shown: "2",
        Opened: "2",
        Chats: "1",
        Calls: "1",
        Answered: "50%",
        Missed: "1",
      });
      await reach(page.getByText("Agent declined"));
    },
  );

  await t.step(
    "each widget and agent has its own statistics, by a link",
    async () => {
      await press(
        page.getByRole("region", { name: "By agent" })
          .getByRole("link", { name: "Ada Lovelace" }),
      );
      await page.waitForURL(/\?agent=ada$/);
      await reach(figure(page, "Shown").getByText("–", { exact: true }));
      await page.reload();
      await reach(figure(page, "Chats").getByText("1", { exact: true }));
      equal(await page.getByLabel("Agent").inputValue(), "ada");
    },
  );

  await t.step(
    "the keyboard moves through the chart, and a table has the same figures",
    async () => {
      await press(page.getByRole("radio", { name: "Today" }));
      await page.waitForURL(/period=today/);
      const plot = page.getByRole("img", {
        name: /1 answered, 1 missed in total/,
      });
      await plot.focus();
      await page.keyboard.press("End");
      await announced(
        page.getByRole("status").filter({ hasText: /Answered: \d/ }),
      );
      await checkAccess(page);
      await press(page.getByTitle("Table"));
      const sum = page.locator("tfoot tr").first();
      deepEqual((await sum.locator("td").allInnerTexts()).slice(0, 6), [
        ...["–", "–", "1", "1", "1", "1"],
      ]);
      await checkAccess(page);
    },
  );

  await t.step(
    "the exported file has the same figures as the selection",
    async () => {
      const [file] = await Promise.all([
        page.waitForEvent("download"),
        press(page.getByRole("link", { name: "Download CSV" })),
      ]);
      const text = await Deno.readTextFile(await file.path());
      const rows = text.trimEnd().split("\r\n").slice(1);
      equal(rows.length, 24);
      match(text, /,Europe\/Berlin,,ada,,,1,/);
      match(file.suggestedFilename(), /^statistics-\d{4}-/);
    },
  );

  await t.step("no data of the visitor is stored with the counts", async () => {
    await product.service.stop();
    using kv = await Deno.openKv(`${product.service.data}/widgets.kv`);
    const stored: string[] = [];
    for await (const { key, value } of kv.list({ prefix: ["statistics"] })) {
      stored.push(Deno.inspect([key, value], { depth: 9, iterableLimit: 1e4 }));
    }
    const text = stored.join("\n");
    match(text, /chat\.ended\.16/);
    match(text, /voice\.missed\.21/);
    for (const secret of ["Bob", "blue one", "127.0.0.1", "http", "Our shop"]) {
      equal(text.includes(secret), false, secret);
    }
  });

  deepEqual(errors, []);
});

Deno.test("statistics on a phone, in German and dark, are no wider than the screen", async () => {
  await using folder = await temporaryPath();
  await seed(folder.path);
  await using service = await startService({
    args: [`--admin-password=${PASSWORD}`, `--kv=${folder.path}`],
  });
  await using browser = await openBrowser();
  const { page, errors } = await browser.open({
    viewport: { width: 390, height: 844 },
    colorScheme: "dark",
    reducedMotion: "reduce",
  });
  await signIn(page, service.url, "admin");
  await press(page.locator(".menu-trigger"));
  await press(page.getByRole("button", { name: "Deutsch" }));

  await page.goto(`${service.url}/admin/statistics?period=7d`);
  await reach(page.locator(".plot .uplot").first());
  const before = await inkOf(page);
  await checkAccess(page);
  const width = await page.evaluate(() => document.body.scrollWidth);
  await page.emulateMedia({ colorScheme: "light" });
  await page.waitForFunction(
    (before) => document.querySelector("canvas")?.toDataURL() !== before,
    before,
  );

  equal(width, 390);
  deepEqual(errors, []);
});

/** A visitor chats with the agent, who answers, and calls, and is declined. */
async function visit(
  product: Product,
  desk: Desk,
  uuid: string,
): Promise<void> {
  const { page } = await product.browser.open({ permissions: ["microphone"] });
  await page.goto(product.website([uuid]).origin);
  await press(page.getByRole("button", { name: "How can we help?" }));
  await press(page.getByRole("button", { name: "Chat with Ada Lovelace" }));
  await enter(page.getByRole("textbox", { name: "Your name" }), "Bob");
  const field = page.getByRole("textbox", { name: "Message" });
  await enter(field, "Hello, is the blue one in stock?");
  await field.press("Enter");
  await press(
    desk.page.getByRole("region", { name: "Bob wants to chat" })
      .getByRole("button", { name: "Join chat" }),
  );
  await seen(page.getByText("Ada Lovelace has joined."));
  await endChat(page);
  await seen(desk.page.getByText("This chat has ended."));
  await page.reload(); // Another visit: nothing tells that it is the same one.
  await press(page.getByRole("button", { name: "How can we help?" }));
  await press(page.getByRole("button", { name: "Call Ada Lovelace" }));
  await press(
    desk.page.getByRole("region", { name: /is calling/ })
      .getByRole("button", { name: "Decline" }),
  );
  await seen(page.getByText(/declined|cannot take/i).first());
}

function figure(page: Page, name: string): Locator {
  return page.locator(".key-figure").filter({
    has: page.getByText(name, { exact: true }),
  });
}

async function keyFigures(page: Page): Promise<Record<string, string>> {
  const all = await page.locator(".key-figure").evaluateAll((figures) =>
    figures.map((one) => [
      one.querySelector("dt")?.textContent ?? "",
      one.querySelector(".key-value")?.textContent ?? "",
    ])
  );
  return Object.fromEntries(all.slice(0, 6));
}

/** A store in which one chat was counted, right now. */
async function seed(path: string): Promise<void> {
  const opened = await openStore(path);
  if (!opened.ok) throw new Error(opened.error.reason);
  using store = opened.value;
  const now = new Date();
  const hour = String(now.getUTCHours());
  const counts = {
    "chat.ended.16": { [hour]: 1 },
    "chat.wait.3": { [hour]: 1 },
  };
  const day = Math.floor(now.getTime() / 86_400_000);
  await store.statistics.add([{ day, subject: {}, counts }]);
}

/** Returns the image of the canvas as a data URL. */
function inkOf(page: Page): Promise<string | undefined> {
  return page.evaluate(() => document.querySelector("canvas")?.toDataURL());
}

import { deepEqual, equal } from "node:assert/strict";
import type { Page } from "playwright-core";
import { agentOf } from "@/tests/support/admin_client.ts";
import { chance } from "@/tests/support/chance.ts";
import { openCuttingProxy } from "@/tests/support/cutting_proxy.ts";
import { endChat } from "@/tests/support/end_chat.ts";
import { forEachPage } from "@/tests/support/foreign_page.ts";
import { htmlPage, openProduct, signIn } from "@/tests/support/product.ts";
import { announced, enter, gone, press, seen } from "@/tests/support/seen.ts";
import { serveWebsite } from "@/tests/support/website.ts";

const MESSAGES = 200;

forEachPage(
  "visitor and agent chat, with typing, read marks and the visitor's page",
  async (kind) => {
    await using product = await openProduct([], kind);
    const widget = await product.admin.addWidget("sidebar", (content) => {
      content.agents = [agentOf("ada", "Ada Lovelace")];
    });
    const desk = await product.openDesk("ada", "Ada Lovelace");
    const { page, errors } = await product.browser.open();
    await page.goto(product.website([widget.uuid]).origin);

    await press(page.getByRole("button", { name: "How can we help?" }));
    await press(page.getByRole("button", { name: "Chat with Ada Lovelace" }));
    await enter(page.getByRole("textbox", { name: "Your name" }), "Bob");
    await say(page, "Hello, is the blue one in stock?");
    const ring = desk.page.getByRole("region", { name: "Bob wants to chat" });
    await seen(ring.getByText("Our shop"));
    await seen(page.getByText("Ada Lovelace has been notified."));
    await press(ring.getByRole("button", { name: "Join chat" }));
    await seen(page.getByText("Ada Lovelace has joined."));
    await desk.page.getByRole("textbox", { name: "Message" })
      .pressSequentially("One mo");
    await seen(page.getByText("Ada Lovelace is typing…"));
    await say(desk.page, "One moment.");
    await seen(page.getByText("One moment."));
    await page.getByRole("textbox", { name: "Message" }).pressSequentially(
      "Tha",
    );
    const typing = desk.page.locator(".desk-typing");
    await seen(typing);
    await announced(typing.getByText("Bob is typing"));
    await say(page, "Thanks");
    await seen(page.getByText("Read"));
    await endChat(page);
    await seen(desk.page.getByText("This chat has ended."));

    deepEqual(await linesOfVisitor(page), [
      "Hello, is the blue one in stock?",
      "One moment.",
      "Thanks",
    ]);
    deepEqual([...errors, ...desk.errors], []);
  },
);

Deno.test("200 messages over randomly cut connections arrive once and in order", async () => {
  const { seed, next } = chance();
  console.log(`CW_SEED=${seed} replays the cuts`);
  await using product = await openProduct();
  const widget = await product.admin.addWidget("cardset", (content) => {
    content.agents = [agentOf("ada", "Ada Lovelace")];
  });
  await product.admin.addPerson("ada", "Ada Lovelace");
  await using visitorLine = openCuttingProxy(product.service.url);
  await using agentLine = openCuttingProxy(product.service.url);
  const desk = await product.browser.open();
  await signIn(desk.page, agentLine.url, "ada");
  await desk.page.goto(`${agentLine.url}/desk`);
  await using site = serveWebsite(() =>
    htmlPage(
      `<script type="module" src="${visitorLine.url}/widget.js"></script>
       <contact-widget uuid="${widget.uuid}"></contact-widget>`,
    )
  );
  const { page } = await product.browser.open();
  await page.goto(site.origin);
  await press(page.getByRole("button", { name: "Chat with Ada Lovelace" }));
  await say(page, "visitor 0");
  await press(desk.page.getByRole("button", { name: "Join chat" }).first());
  await seen(page.getByText("Ada Lovelace has joined."));

  for (let count = 1; count < MESSAGES / 2; count++) {
    if (next() < 0.06) visitorLine.cut();
    await say(page, `visitor ${count}`);
    if (next() < 0.06) agentLine.cut();
    await say(desk.page, `agent ${count}`);
  }
  await say(desk.page, "agent 100");

  await seen(page.getByText("agent 100", { exact: true }), { timeout: 60_000 });
  await seen(
    desk.page.getByRole("log").getByText("visitor 99", { exact: true }),
    { timeout: 60_000 },
  );
  await gone(page.getByText("Sending"));
  await gone(desk.page.getByText("sending …").first());
  const ofVisitor = await linesOfVisitor(page);
  const ofAgent = await linesOfAgent(desk.page);
  const expected = (who: string, first: number, last: number) =>
    Array.from({ length: last - first + 1 }, (_, n) => `${who} ${n + first}`);
  const by = (lines: string[], who: string) =>
    lines.filter((line) => line.startsWith(who));
  for (const lines of [ofVisitor, ofAgent]) {
    deepEqual(
      by(lines, "visitor"),
      expected("visitor", 0, 99),
      `CW_SEED=${seed}`,
    );
    deepEqual(by(lines, "agent"), expected("agent", 1, 100), `CW_SEED=${seed}`);
  }
  equal(ofVisitor.length, MESSAGES);
  deepEqual(ofVisitor, ofAgent, `CW_SEED=${seed}`);
});

async function say(page: Page, text: string): Promise<void> {
  const field = page.getByRole("textbox", { name: "Message" });
  await enter(field, text);
  await field.press("Enter");
}

function linesOfVisitor(page: Page): Promise<string[]> {
  return page.locator("contact-widget [role=log] .said p").allTextContents();
}

function linesOfAgent(page: Page): Promise<string[]> {
  return page.locator("[role=log] .desk-bubble").allTextContents();
}

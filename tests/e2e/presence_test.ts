import { deepEqual } from "node:assert/strict";
import { agentOf } from "@/tests/support/admin_client.ts";
import { forEachPage } from "@/tests/support/foreign_page.ts";
import { openProduct } from "@/tests/support/product.ts";
import { press, seen } from "@/tests/support/seen.ts";

forEachPage(
  "the presence chosen at the desk shows in the open widget",
  async (kind) => {
    await using product = await openProduct([], kind);
    const widget = await product.admin.addWidget("cardset", (content) => {
      content.agents = [agentOf("ada", "Ada Lovelace")];
    });
    const { page, errors } = await product.browser.open();
    await page.goto(product.website([widget.uuid]).origin);
    const card = page.locator("contact-widget li.card");
    const chat = page.getByRole("button", { name: "Chat with Ada Lovelace" });

    await seen(card.getByText("Not available"));
    const before = await chat.isEnabled();
    const desk = await product.openDesk("ada", "Ada Lovelace");
    await seen(card.getByText("Available", { exact: true }));
    const online = await chat.isEnabled();
    const shown = ["Away", "Busy", "Do not disturb"];
    for (const presence of shown) {
      await press(desk.page.getByRole("radio", { name: presence }));
      await seen(card.getByText(presence));
    }
    await press(desk.page.getByRole("radio", { name: "Online" }));
    await seen(card.getByText("Available", { exact: true }));
    await desk.context.close();
    await seen(card.getByText("Not available"));

    deepEqual([before, online, await chat.isEnabled()], [false, true, false]);
    deepEqual([...errors, ...desk.errors], []);
  },
);

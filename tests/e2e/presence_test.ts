import { deepEqual } from "node:assert/strict";
import { agentOf } from "@/tests/support/admin_client.ts";
import { forEachPage } from "@/tests/support/foreign_page.ts";
import { openHouse } from "@/tests/support/house.ts";

forEachPage(
  "what an agent chooses at the desk shows in the open widget",
  async (kind) => {
    await using house = await openHouse([], kind);
    const widget = await house.admin.addWidget("cardset", (content) => {
      content.agents = [agentOf("ada", "Ada Lovelace")];
    });
    const { page, errors } = await house.browser.open();
    await page.goto(house.website([widget.uuid]).origin);
    const card = page.locator("contact-widget li.card");
    const chat = page.getByRole("button", { name: "Chat with Ada Lovelace" });

    await card.getByText("Not available").waitFor();
    const before = await chat.isEnabled();
    const desk = await house.openDesk("ada", "Ada Lovelace");
    await card.getByText("Available", { exact: true }).waitFor();
    const online = await chat.isEnabled();
    const shown = ["Away", "Busy", "Do not disturb"];
    for (const presence of shown) {
      await desk.page.getByRole("radio", { name: presence }).check();
      await card.getByText(presence).waitFor();
    }
    await desk.page.getByRole("radio", { name: "Online" }).check();
    await card.getByText("Available", { exact: true }).waitFor();
    await desk.context.close();
    await card.getByText("Not available").waitFor();

    deepEqual([before, online, await chat.isEnabled()], [false, true, false]);
    deepEqual([...errors, ...desk.errors], []);
  },
);

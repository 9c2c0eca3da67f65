import { deepEqual, equal } from "node:assert/strict";
import { agentOf } from "@/tests/support/admin_client.ts";
import { forEachPage } from "@/tests/support/foreign_page.ts";
import { openHouse } from "@/tests/support/house.ts";
import { enter, press, seen } from "@/tests/support/seen.ts";

forEachPage(
  "of two widgets on a page, the one that was opened last is in front",
  async (kind) => {
    await using house = await openHouse([], kind);
    const [cardset, sidebar] = await Promise.all([
      house.admin.addWidget("cardset", (content) => {
        content.agents = [agentOf("ada", "Ada Lovelace")];
      }),
      house.admin.addWidget("sidebar", (content) => {
        content.agents = [agentOf("bob", "Bob")];
      }),
    ]);
    await Promise.all([
      house.openDesk("ada", "Ada Lovelace"),
      house.openDesk("bob", "Bob"),
    ]);
    const { page, errors } = await house.browser.open();
    await page.goto(house.website([cardset.uuid, sidebar.uuid]).origin);
    const launcher = page.getByRole("button", { name: "How can we help?" });

    await press(launcher);
    await seen(page.getByRole("dialog"));
    const chat = page.getByRole("button", { name: "Chat with Ada Lovelace" });
    await chat.focus();
    await chat.press("Enter");
    const field = page.getByRole("textbox", { name: "Message" });
    await enter(field, "Hello");
    const panels = await page.getByRole("dialog").count();
    await press(page.getByRole("button", { name: "Send" }));
    await seen(page.getByText("Ada Lovelace has been notified."));

    equal(panels, 1);
    deepEqual(errors, []);
  },
);

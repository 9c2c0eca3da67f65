import { deepEqual } from "node:assert/strict";
import { agentOf } from "@/tests/support/admin_client.ts";
import { checkAccess } from "@/tests/support/axe.ts";
import { openProduct, signIn } from "@/tests/support/product.ts";
import { enter, gone, press, seen } from "@/tests/support/seen.ts";
import { forEachWidth, WINDOWS } from "@/tests/support/widths.ts";

forEachWidth(
  "an agent blocks a visitor, who sees no agent on any page until an administrator ends the block",
  async (width) => {
    await using product = await openProduct();
    const { admin, browser, service } = product;
    const widget = await admin.addWidget("cardset", (content) => {
      content.agents = [agentOf("ada", "Ada Lovelace")];
    });
    const desk = await product.openDesk("ada", "Ada Lovelace", WINDOWS[width]);
    const { page, errors } = await browser.open(WINDOWS[width]);
    const { origin } = product.website([widget.uuid]);
    await page.goto(origin);
    const card = page.getByRole("button", { name: "Chat with Ada Lovelace" });
    await press(card);
    await enter(page.getByRole("textbox", { name: "Message" }), "Rude words");
    await page.keyboard.press("Enter");
    await press(
      desk.page.getByRole("region", { name: /wants to chat/ })
        .getByRole("button", { name: "Join chat" }),
    );
    await seen(page.getByText("Ada Lovelace has joined."));

    if (width === 390) {
      await press(desk.page.getByRole("button", { name: "Details" }));
    }
    await press(desk.page.getByRole("button", { name: "Block visitor" }));
    const question = desk.page.getByRole("alertdialog");
    await seen(question.getByText("Only this visit can be blocked"));
    await checkAccess(desk.page);
    await question.getByLabel("For").selectOption("A day");
    await press(question.getByRole("button", { name: "Block", exact: true }));
    await seen(desk.page.getByText("The visitor is blocked."));
    await seen(page.getByText("Ada Lovelace has left the chat."));
    await page.goto(`${origin}/next`);
    await seen(page.getByText("Not available"));
    await page.reload();
    await seen(page.getByText("Not available"));

    const office = await browser.open(WINDOWS[width]);
    await signIn(office.page, service.url, "admin");
    await office.page.goto(`${service.url}/admin/contacts`);
    await press(office.page.getByRole("link", { name: "Blocked visitors" }));
    await seen(office.page.getByText("This visit only"));
    await checkAccess(office.page);
    await press(office.page.getByRole("button", { name: /^Unblock/ }));
    await seen(office.page.getByText("Nobody is blocked"));
    await gone(page.getByText("Not available"));
    await seen(card);

    deepEqual([...errors, ...desk.errors, ...office.errors], []);
  },
);

import { deepEqual } from "node:assert/strict";
import type { Page } from "playwright-core";
import { panelOf } from "@/tests/support/admin_pages.ts";
import { openChat, openDesk, writeTo } from "@/tests/support/desk_scene.ts";
import { openProduct, signIn } from "@/tests/support/product.ts";
import { enter, focused, gone, press, seen } from "@/tests/support/seen.ts";

const button = (page: Page, name: string) =>
  page.getByRole("button", { name, exact: true });

/** Presses a button of the desk by its key. The key before it says that this is
 * not the second half of a double press. */
async function pressByKey(page: Page, name: string): Promise<void> {
  await seen(button(page, name).last());
  await button(page, name).last().focus();
  await page.keyboard.press("Shift");
  await page.keyboard.press("Enter");
}

Deno.test("the focus stays at the conversation when a question or form of the desk closes, and at the desk when a ring is declined", async () => {
  await using open = await openDesk();
  const { page } = open;
  await open.colleague("bob", "Bob");
  const visitor = await open.visitor();
  openChat(visitor);
  writeTo(visitor, "1", "Hello");
  await press(button(page, "Join chat"));
  await seen(page.getByRole("textbox", { name: "Message" }));

  await pressByKey(page, "End chat");
  await seen(page.getByRole("alertdialog"));
  await page.keyboard.press("Escape");
  await focused(button(page, "End chat"));
  await pressByKey(page, "Hand over");
  await focused(page.getByRole("searchbox", { name: "Colleague" }));
  await page.keyboard.press("Escape");
  await focused(button(page, "Hand over"));
  await page.keyboard.press("Enter");
  await press(page.getByRole("radio", { name: /Bob/ }));
  await pressByKey(page, "Hand over");
  await seen(page.getByText("Waiting for Bob to accept."));
  await focused(page.locator(".desk-head"));
  await pressByKey(page, "Keep the chat");
  await gone(page.getByText("Waiting for Bob to accept."));
  await focused(page.locator(".desk-middle"));
  for (const text of ["second", "third"]) {
    const other = await open.visitor();
    openChat(other);
    writeTo(other, "1", text);
    await seen(page.getByText(text).first());
  }
  await pressByKey(page, "Decline");
  await focused(page.locator(".desk-middle"));

  deepEqual(open.errors, []);
});

Deno.test("the focus stays in the list of the editor when a team or an agent is added and removed", async () => {
  await using product = await openProduct();
  await product.admin.addWidget("cardset", (content) => {
    content.name = "Cards";
    content.agents = [];
  });
  const { page, errors } = await product.browser.open();
  await signIn(page, product.service.url, "admin");
  const panel = panelOf(page, "Cards");
  const remove = (name: string) =>
    panel.getByRole("button", { name: `Remove ${name}` });
  await press(panel.getByRole("button", { name: "Cards Cardset" }));

  for (const name of ["Sales", "Support"]) {
    await press(panel.getByRole("button", { name: "Add team" }));
    const dialog = page.getByRole("dialog");
    await enter(dialog.getByLabel("Display name"), name);
    await enter(dialog.getByRole("combobox", { name: "Member" }), "ada");
    await page.keyboard.press("Enter");
    const member = dialog.getByRole("button", { name: "Remove ada" });
    await seen(member);
    await member.focus();
    await page.keyboard.press("Enter");
    await focused(dialog.getByRole("combobox", { name: "Member" }));
    await enter(dialog.getByRole("combobox", { name: "Member" }), "ada");
    await page.keyboard.press("Enter");
    await press(dialog.getByRole("button", { name: "Add team" }));
    await gone(dialog);
    await focused(panel.getByRole("button", { name: "Add team" }));
  }
  await remove("Sales").focus();
  await page.keyboard.press("Enter");
  await focused(panel.getByRole("button", { name: /^Move Support/ }));
  await remove("Support").focus();
  await page.keyboard.press("Enter");
  await gone(remove("Support"));
  await focused(panel.getByRole("tabpanel", { name: "Agents" }));

  deepEqual(errors, []);
});

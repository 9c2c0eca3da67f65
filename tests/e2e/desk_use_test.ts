import { deepEqual, equal } from "node:assert/strict";
import type { Page } from "playwright-core";
import {
  openChat,
  openDesk,
  secondTab,
  writeTo,
} from "@/tests/support/desk_scene.ts";
import { enter, gone, press, seen } from "@/tests/support/seen.ts";

const field = (page: Page) => page.getByRole("textbox", { name: "Message" });

/** An agent at the desk in a chat with one visitor. */
async function openRunningChat() {
  const open = await openDesk();
  const visitor = await open.visitor();
  openChat(visitor);
  writeTo(visitor, "1", "Hello");
  await press(open.page.getByRole("button", { name: "Join chat" }));
  await seen(field(open.page));
  return { open, visitor };
}

Deno.test("a draft at the desk survives a reload and another page, and disappears when the chat ends", async () => {
  const { open } = await openRunningChat();
  await using _ = open;
  const { page, service } = open;

  await enter(field(page), "ORDER 4711");
  await page.reload();
  await press(page.getByRole("button", { name: /Ada/ }).first());
  const reloaded = await field(page).inputValue();
  await page.goto(`${service.url}/login`);
  await page.goBack();
  await press(page.getByRole("button", { name: /Ada/ }).first());
  const back = await field(page).inputValue();
  await press(page.getByRole("button", { name: "End chat" }));
  const question = page.getByRole("alertdialog");
  await press(question.getByRole("button", { name: "End chat" }));
  await seen(page.getByText("This chat has ended."));
  const left = await page.evaluate<number>("sessionStorage.length");

  deepEqual([reloaded, back, left], ["ORDER 4711", "ORDER 4711", 0]);
  deepEqual(open.errors, []);
});

Deno.test("the desk keeps a text over the limit, says so and doesn't send it", async () => {
  const { open, visitor } = await openRunningChat();
  await using _ = open;
  const { page } = open;
  const text = "x".repeat(4_000) + " ORDER 4711";

  await enter(field(page), text);
  await field(page).press("Enter");
  const kept = await field(page).inputValue();
  await seen(page.getByText("At most 4000 characters."));
  await seen(page.getByText("4011 / 4000"));
  const isDisabled = await page.getByRole("button", { name: "Send" })
    .isDisabled();
  await enter(field(page), "short");
  await field(page).press("Enter");
  const got = await visitor.heard.until(({ mt }) => mt === "ChatMessage");

  equal(kept, text);
  equal(isDisabled, true);
  equal("text" in got ? got.text : "", "short");
});

Deno.test("input method keys don't send or answer at the desk", async () => {
  const { open } = await openRunningChat();
  await using _ = open;
  const { page } = open;
  const composing = (css: string, key: string) =>
    page.locator(css).evaluate((element, key) => {
      const init = { key, keyCode: 229, bubbles: true, cancelable: true };
      element.dispatchEvent(new KeyboardEvent("keydown", init));
    }, key);

  await enter(field(page), "にほん");
  await composing(".desk-composer textarea", "Enter");
  const afterEnter = await field(page).inputValue();
  await press(page.getByRole("button", { name: "End chat" }));
  await composing(".desk-question button >> nth=0", "Escape");
  const isAsking = await page.getByRole("alertdialog").isVisible();
  await page.keyboard.press("Escape");
  await gone(page.getByRole("alertdialog"));

  equal(afterEnter, "にほん");
  equal(isAsking, true);
  equal(await page.locator(".desk-outbox").count(), 0);
});

Deno.test("a ringing visitor can be answered while a dialog of the desk is open", async () => {
  const { open } = await openRunningChat();
  await using _ = open;
  const { page } = open;
  await press(page.getByRole("button", { name: "End chat" }));
  await seen(page.getByRole("alertdialog"));

  const second = await open.visitor();
  openChat(second);
  writeTo(second, "1", "Me too");
  await press(
    page.locator(".desk-ring").getByRole("button", { name: "Join chat" }),
  );
  await seen(page.getByRole("log").getByText("Me too"));

  await seen(page.getByRole("heading", { name: "Running 2" }));
});

Deno.test("leaving the desk with a running chat asks for confirmation", async () => {
  const { open } = await openRunningChat();
  await using _ = open;
  const { page, service, context } = open;
  const other = await secondTab(context, service.url);
  await other.close();
  const asked: string[] = [];
  page.on("dialog", (dialog) => {
    asked.push(dialog.type());
    dialog.dismiss();
  });

  await press(page.locator(".menu-trigger"));
  await press(page.getByRole("button", { name: "Sign out" }));
  const question = page.getByRole("alertdialog", { name: "Leave the desk?" });
  await seen(question.getByText("1 chat is running."));
  await press(question.getByRole("button", { name: "Stay" }));
  await page.close({ runBeforeUnload: true });
  await seen(page.getByText("Hello").first());

  deepEqual(asked, ["beforeunload"]);
});

Deno.test("a quick second click doesn't hit the button that moved there", async () => {
  await using open = await openDesk();
  const { page } = open;
  for (const text of ["first", "second"]) {
    const visitor = await open.visitor();
    openChat(visitor);
    writeTo(visitor, "1", text);
    await seen(page.locator(".desk-ring").getByText(text));
  }

  await page.getByRole("button", { name: "Decline" }).first().dblclick();
  await seen(page.getByRole("heading", { name: "Ended 1" }));

  equal(await page.locator(".desk-ring").count(), 1);
});

Deno.test("a missed chat is marked in the list and the title until the agent is at the page", async () => {
  await using open = await openDesk();
  const { page } = open;
  const visitor = await open.visitor();
  openChat(visitor);
  writeTo(visitor, "1", "Hello");
  await seen(page.getByRole("button", { name: "Join chat" }));
  visitor.say({ mt: "ClearChat" });
  const row = page.getByRole("button", { name: /Ada.*new/ });
  await seen(row);
  const marked = await page.title();

  await page.keyboard.press("Shift");
  await gone(row);

  equal(marked, "(1) Desk");
  equal(await page.title(), "Desk");
});

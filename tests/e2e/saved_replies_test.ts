import { deepEqual, equal } from "node:assert/strict";
import type { Page } from "playwright-core";
import { checkAccess } from "@/tests/support/axe.ts";
import { openChat, openDesk, writeTo } from "@/tests/support/desk_scene.ts";
import { enter, gone, press, seen } from "@/tests/support/seen.ts";

const field = (page: Page) => page.getByRole("textbox", { name: "Message" });
const button = (page: Page, name: string) =>
  page.getByRole("button", { name, exact: true });
const options = (page: Page) => page.getByRole("option");

/** Adds a reply on the page with the saved replies. */
async function add(page: Page, name: string, text: string): Promise<void> {
  await press(button(page, "Add reply"));
  await enter(page.getByLabel("Name"), name);
  await enter(page.getByLabel("Text"), text);
  await press(button(page, "Add"));
  await seen(page.getByText(`“${name}” was added.`));
}

for (const width of [1280, 390]) {
  Deno.test(`[REPLY4] an agent adds saved replies and inserts them with the keyboard, at ${width} px`, async () => {
    await using open = await openDesk();
    const { page, service } = open;
    await page.setViewportSize({ width, height: 800 });
    await page.goto(`${service.url}/messages`);
    await press(page.getByRole("link", { name: "Saved replies" }));
    await seen(page.getByText("No saved replies yet"));
    await checkAccess(page);
    await press(button(page, "Add reply"));
    await press(button(page, "Add"));
    await seen(page.getByText("This must not be empty.").first());
    await checkAccess(page);
    await page.keyboard.press("Escape");
    await add(page, "Greeting", "Hello {visitor}, {agent} here.");
    await add(page, "Opening hours", "We are here from 9 to 5.");
    await enter(page.getByLabel("Search"), "from 9");
    await gone(page.getByText("Greeting", { exact: true }));
    await checkAccess(page);

    await page.goto(`${service.url}/desk`);
    const visitor = await open.visitor();
    await visitor.heard.until((message) =>
      message.mt === "Info" && message.presence.includes("online")
    );
    openChat(visitor);
    writeTo(visitor, "1", "Hello?");
    await press(button(page, "Join chat"));
    await enter(field(page), "Well, /");
    await seen(options(page).first());
    equal(await options(page).count(), 2);
    await checkAccess(page);
    await field(page).press("ArrowDown");
    const active = await field(page).getAttribute("aria-activedescendant");
    equal(
      await page.locator(`#${active}`).getAttribute("aria-selected"),
      "true",
    );
    await field(page).pressSequentially("gr");
    await gone(page.getByRole("option", { name: "Opening hours" }));
    await field(page).press("Enter");
    await gone(options(page));
    equal(
      await field(page).inputValue(),
      "Well, Hello Ada, Otto Lilienthal here.",
    );
    await field(page).press("Enter");
    const said = await visitor.heard.until(({ mt }) => mt === "ChatMessage");
    equal(
      "text" in said && said.text,
      "Well, Hello Ada, Otto Lilienthal here.",
    );

    await press(button(page, "Saved replies"));
    await press(page.getByRole("option", { name: /Opening hours/ }));
    equal(await field(page).inputValue(), "We are here from 9 to 5.");
    await enter(field(page), "");
    await press(button(page, "Saved replies"));
    await seen(options(page).first());
    await field(page).press("Escape");
    await gone(options(page));
    equal(await field(page).inputValue(), "");
    await enter(field(page), "/none of them");
    await gone(options(page));
    await field(page).press("Escape");
    equal(await field(page).inputValue(), "/none of them");
    deepEqual(open.errors, []);
  });
}

import { deepEqual, ok } from "node:assert/strict";
import type { Locator, Page } from "playwright-core";
import { panelOf, save } from "@/tests/support/admin_pages.ts";
import { checkAccess } from "@/tests/support/axe.ts";
import { openProduct, signIn } from "@/tests/support/product.ts";
import {
  enter,
  focused,
  gone,
  press,
  reach,
  seen,
} from "@/tests/support/seen.ts";
import { forEachWidth, WINDOWS } from "@/tests/support/widths.ts";

async function addMember(dialog: Locator, name: string): Promise<void> {
  await enter(dialog.getByRole("combobox", { name: "Member" }), name);
  await press(dialog.getByRole("button", { name: "Add member" }));
  await seen(dialog.getByRole("button", { name: `Remove ${name}` }));
}

/** Fails if the second control is in the row of the first one, but higher or
 * lower. */
async function inRow(first: Locator, second: Locator): Promise<void> {
  const [one, two] = [await first.boundingBox(), await second.boundingBox()];
  ok(one && two);
  const isBelow = two.y >= one.y + one.height;
  ok(isBelow || Math.abs(one.y - two.y) <= 1, `${one.y} and ${two.y}`);
}

/** Creates the team of the test in the editor. */
async function addTeam(page: Page, widget: string): Promise<void> {
  const panel = panelOf(page, widget);
  await press(panel.getByRole("button", { name: `${widget} Cardset` }));
  await press(panel.getByRole("button", { name: "Add team" }));
  const dialog = page.getByRole("dialog");
  await seen(dialog.getByText("This team has no members yet."));
  const add = dialog.getByRole("button", { name: "Add team" });
  await dialog.getByText("Inactive").scrollIntoViewIfNeeded();
  await press(add);
  await focused(dialog.getByLabel("Display name"));
  await enter(dialog.getByLabel("Display name"), "Sales");
  await press(add);
  await focused(dialog.getByRole("combobox", { name: "Member" }));
  await seen(dialog.getByText("Add at least one member."));
  await inRow(
    dialog.getByRole("combobox", { name: "Member" }),
    dialog.getByRole("button", { name: "Add member" }),
  );
  await addMember(dialog, "ada");
  await addMember(dialog, "bob");
  const members = dialog.getByRole("list", { name: "Members" });
  await reach(members.getByText("Ada Lovelace", { exact: true }));
  await reach(members.getByText("bob", { exact: true }));
  await enter(dialog.getByRole("combobox", { name: "Member" }), "ADA");
  await page.keyboard.press("Enter"); // Closes the list of matches.
  await reach(dialog.getByText("This member is already in the team."));
  await enter(dialog.getByRole("combobox", { name: "Member" }), "");
  await dialog.getByLabel("Who is rung").selectOption("turn");
  await enter(dialog.getByLabel("Ring each member for"), "60");
  await press(dialog.getByLabel("Queue while all members are busy"));
  await enter(dialog.getByLabel("Wait for at most"), "5");
  await press(dialog.getByRole("button", { name: "Add step" }));
  await press(add);
  const step = dialog.getByRole("group", { name: "Step 1" });
  const address = step.getByLabel("Address of an agent or a queue");
  await focused(address);
  await inRow(address, step.getByLabel("Ring for"));
  await enter(address, "switchboard");
  await checkAccess(page);
  await press(add);
  await gone(dialog);
  await reach(panel.getByText("2 members"));
  await save(panel);
}

forEachWidth(
  "a visitor writes to a team, whose first member declines and whose second answers",
  async (width) => {
    await using product = await openProduct();
    const { admin, browser, service } = product;
    const { uuid } = await admin.addWidget("cardset", (content) => {
      content.name = "Cards";
    });
    const ada = await product.openDesk("ada", "Ada Lovelace");
    const bob = await product.openDesk("bob", "Bob Bean");
    const office = await browser.open(WINDOWS[width]);
    await signIn(office.page, service.url, "admin");
    await addTeam(office.page, "Cards");

    const { page, errors } = await browser.open(WINDOWS[width]);
    await page.goto(product.website([uuid]).origin);
    await press(page.getByRole("button", { name: "Chat with Sales" }));
    await enter(page.getByRole("textbox", { name: "Message" }), "Hello");
    await page.keyboard.press("Enter");
    const ring = (desk: Page) =>
      desk.getByRole("region", { name: /wants to chat/ });
    await seen(ring(ada.page));
    await gone(ring(bob.page));
    await press(ring(ada.page).getByRole("button", { name: "Decline" }));
    await press(ring(bob.page).getByRole("button", { name: "Join chat" }));
    await seen(page.getByText("Bob Bean has joined."));
    await gone(ring(ada.page));
    await press(page.getByRole("button", { name: "End chat" }));
    await press(
      page.getByRole("alertdialog").getByRole("button", { name: "End chat" }),
    );

    await office.page.goto(`${service.url}/admin/contacts`);
    await press(office.page.getByRole("button", { name: /^Details/ }));
    const details = office.page.getByRole("dialog");
    await seen(details.getByText("Answered by"));
    await seen(details.getByText("bob", { exact: true }));

    const all = [...errors, ...ada.errors, ...bob.errors, ...office.errors];
    deepEqual(all, []);
  },
);

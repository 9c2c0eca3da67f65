import { deepEqual, equal, ok } from "node:assert/strict";
import type { Locator, Page } from "playwright-core";
import { agentOf, PASSWORD } from "@/tests/support/admin_client.ts";
import { addWidget, panelOf, setUp } from "@/tests/support/admin_pages.ts";
import { openBrowser } from "@/tests/support/browser.ts";
import { everyDay } from "@/tests/support/opening_hours.ts";
import { openProduct } from "@/tests/support/product.ts";
import { enter, gone, press, reach } from "@/tests/support/seen.ts";
import { startService } from "@/tests/support/service.ts";
import { forEachWidth, WINDOWS } from "@/tests/support/widths.ts";

forEachWidth(
  "the preview shows a visitor in the queue of a team",
  async (width) => {
    await using service = await startService();
    await using browser = await openBrowser();
    const { page, errors } = await browser.open(WINDOWS[width]);
    await setUp(page, service);
    const panel = await addWidget(page, "sidebar", "Help");
    const queue = panel.getByRole("radio", { name: "Queue" });
    await addQueue(page, panel);
    const preview = panel.frameLocator("iframe");
    const frame = panel.locator("iframe");

    await press(queue);
    await frame.scrollIntoViewIfNeeded();
    const place = preview.getByText(
      "You are number 3 in the queue. Waiting time: about 4 minutes.",
    );
    await reach(place);
    const padding = await place.evaluate((notice) =>
      getComputedStyle(notice).paddingInlineStart
    );
    ok(parseFloat(padding) >= 8, `next to the edge of the panel: ${padding}`);
    await press(preview.getByRole("button", { name: "Leave queue" }));
    await reach(preview.getByText("This is a preview."));
    await reach(place);
    await press(panel.getByRole("radio", { name: "Open" }));
    await gone(place);
    await press(queue);
    await frame.scrollIntoViewIfNeeded();
    await reach(place);
    await press(panel.getByRole("button", { name: "Remove Sales" }));

    await gone(place);
    await gone(queue);
    equal(await panel.getByRole("radio", { name: "Open" }).isChecked(), true);
    deepEqual(errors, []);
  },
);

Deno.test("the four states of the preview fit a phone in German", async () => {
  await using product = await openProduct();
  const { admin, browser, service } = product;
  await admin.addWidget("sidebar", (content) => {
    content.name = "Hilfe";
    content.hours = everyDay("UTC", "00:00-00:00");
    const team = {
      ...{ members: ["ben"], strategy: "all" as const, ringSeconds: 20 },
      ...{ chatsMax: 1, queueMinutes: 5, steps: [] },
    };
    content.agents = [{ ...agentOf("team-1", "Verkauf"), team }];
  });
  const { page } = await browser.open({ ...WINDOWS[390], locale: "de" });
  await page.goto(`${service.url}/login`);
  await enter(page.getByLabel("Anmeldename"), "admin");
  await enter(page.getByLabel("Passwort"), PASSWORD);
  await press(page.getByRole("button", { name: "Anmelden" }));
  const panel = panelOf(page, "Hilfe");
  await press(panel.getByRole("button", { name: "Hilfe Sidebar" }));

  for (const state of ["Warteschlange", "Geschlossen", "Niemand erreichbar"]) {
    await press(panel.getByRole("radio", { name: state }));
  }

  const beyond = await page.evaluate(() =>
    document.documentElement.scrollWidth - screen.width
  );
  equal(beyond, 0);
});

/** Adds a team whose contacts wait while its member is busy. */
async function addQueue(page: Page, panel: Locator): Promise<void> {
  await press(panel.getByRole("button", { name: "Add team" }));
  const dialog = page.getByRole("dialog");
  await enter(dialog.getByLabel("Display name"), "Sales");
  await enter(dialog.getByRole("combobox", { name: "Member" }), "ben");
  await press(dialog.getByRole("button", { name: "Add member" }));
  await press(dialog.getByLabel("Queue while all members are busy"));
  await press(dialog.getByRole("button", { name: "Add team" }));
  await gone(dialog);
}

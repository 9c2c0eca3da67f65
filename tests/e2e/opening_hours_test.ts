import { deepEqual } from "node:assert/strict";
import type { Page } from "playwright-core";
import type { OpeningHours } from "@/lib/model/hours.ts";
import type { WidgetView } from "@/lib/protocol/admin/messages.ts";
import { agentOf } from "@/tests/support/admin_client.ts";
import { openProduct, type Product } from "@/tests/support/product.ts";
import { gone, reach } from "@/tests/support/seen.ts";
import { WINDOWS } from "@/tests/support/widths.ts";

const MINUTE_MS = 60_000;
/** Opening hours have whole minutes, so a test has to wait for the next one. */
const NEXT_MINUTE_MS = 90_000;

/** Returns hours of every day; times are milliseconds since 1970. */
function daily(from: number, to: number): OpeningHours {
  const time = (at: number) => new Date(at).toISOString().slice(11, 16);
  const week = Array.from(
    { length: 7 },
    () => [{ from: time(from), to: time(to) }],
  );
  return { timeZone: "UTC", week, exceptions: [] };
}

function withHours(
  { admin }: Product,
  widget: WidgetView,
  hours: OpeningHours,
): Promise<WidgetView> {
  return admin.saveWidget(widget, (content) => content.hours = hours);
}

function cardOf(page: Page, name: string) {
  return page.locator("contact-widget li.card").filter({ hasText: name });
}

Deno.test("pages of the running product switch at closing time and at opening time, without a reload (1280 and 390 px)", async () => {
  await using product = await openProduct();
  const [closing, opening] = await Promise.all(
    ["Closing", "Opening"].map((name) =>
      product.admin.addWidget("cardset", (content) => {
        content.agents = [agentOf("ada", name)];
      })
    ),
  );
  if (!closing || !opening) throw new Error("There are no widgets");
  await product.openDesk("ada", "Ada Lovelace");
  const site = product.website([closing.uuid, opening.uuid]);
  const pages = await Promise.all(
    Object.values(WINDOWS).map(async (window) => {
      const { page } = await product.browser.open(window);
      await page.goto(site.origin);
      return page;
    }),
  );

  // The minute must not end between the two saves.
  const change = Math.ceil((Date.now() + 5_000) / MINUTE_MS) * MINUTE_MS;
  await withHours(product, closing, daily(change + MINUTE_MS * 60, change));
  await withHours(product, opening, daily(change, change - MINUTE_MS * 60));
  const before: boolean[] = [];
  for (const page of pages) {
    await reach(cardOf(page, "Closing").getByText("Available"));
    await reach(cardOf(page, "Opening").getByText("Back"));
    before.push(Date.now() < change);
  }
  const timeout = NEXT_MINUTE_MS;
  for (const page of pages) {
    await reach(cardOf(page, "Closing").getByText("Back"), { timeout });
    await reach(cardOf(page, "Opening").getByText("Available"));
    await gone(cardOf(page, "Opening").getByText("Back"));
  }
  const offered = await Promise.all(
    pages.map((page) =>
      Promise.all(
        ["Closing", "Opening"].map((name) =>
          cardOf(page, name).getByRole("button", { name: /^Chat/ }).isEnabled()
        ),
      )
    ),
  );

  deepEqual(before, [true, true]);
  deepEqual(offered, [[false, true], [false, true]]);
});

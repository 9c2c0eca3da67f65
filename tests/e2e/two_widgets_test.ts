import { deepEqual, equal } from "node:assert/strict";
import { agentOf } from "@/tests/support/admin_client.ts";
import { forEachPage } from "@/tests/support/foreign_page.ts";
import { openProduct } from "@/tests/support/product.ts";
import { enter, press, seen } from "@/tests/support/seen.ts";
import { info, session } from "@/tests/support/visitor_messages.ts";
import { openWidgetPage } from "@/tests/support/widget_page.ts";
import { WINDOWS } from "@/tests/support/widths.ts";

forEachPage(
  "the widget opened last is in front of the other one",
  async (kind) => {
    await using product = await openProduct([], kind);
    const [cardset, sidebar] = await Promise.all([
      product.admin.addWidget("cardset", (content) => {
        content.agents = [agentOf("ada", "Ada Lovelace")];
      }),
      product.admin.addWidget("sidebar", (content) => {
        content.agents = [agentOf("bob", "Bob")];
      }),
    ]);
    await Promise.all([
      product.openDesk("ada", "Ada Lovelace"),
      product.openDesk("bob", "Bob"),
    ]);
    const { page, errors } = await product.browser.open();
    await page.goto(product.website([cardset.uuid, sidebar.uuid]).origin);
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

Deno.test("launchers of several widgets never overlap", async () => {
  const ada = info({ id: "ada", dn: "Ada Lovelace" });
  await using shown = await openWidgetPage({
    service: { session: session({ type: "sidebar" }), infos: [ada] },
    body: (service) => service.tags() + service.tags() + service.tags(),
    ...WINDOWS[390],
  });
  const { page } = shown;
  const launchers = page.locator(".launcher");
  await seen(launchers.nth(2));
  await page.waitForFunction(() => {
    const tops = [...document.querySelectorAll("contact-widget")].map((each) =>
      each.shadowRoot?.querySelector(".launcher")?.getBoundingClientRect()
    );
    return tops.every((one, i) =>
      tops.every((other, j) =>
        i === j || one && other &&
          (one.bottom <= other.top || other.bottom <= one.top)
      )
    );
  });

  for (const launcher of await launchers.all()) await seen(launcher);
  await press(launchers.nth(0));
  await seen(page.getByRole("dialog"));
  equal(await launchers.count(), 2);
});

import { deepEqual, equal, match, ok } from "node:assert/strict";
import type { InquiryPage } from "@/lib/protocol/admin/inquiries.ts";
import { agentOf } from "@/tests/support/admin_client.ts";
import { checkAccess } from "@/tests/support/axe.ts";
import { forEachPage } from "@/tests/support/foreign_page.ts";
import { everyDay } from "@/tests/support/opening_hours.ts";
import { openProduct, signIn } from "@/tests/support/product.ts";
import { forEachWidth, WINDOWS } from "@/tests/support/widths.ts";
import {
  enter,
  focused,
  gone,
  press,
  pressNext,
  seen,
} from "@/tests/support/seen.ts";

forEachPage(
  "a visitor asks for a call at a time of the company, and the page Messages lists it",
  async (kind) => {
    await using product = await openProduct([], kind);
    const { uuid } = await product.admin.addWidget("sidebar", (content) => {
      content.agents = [agentOf("ada", "Ada Lovelace")];
      content.messages.on = true;
      content.hours = everyDay("UTC", "00:00-00:00");
      content.callbacks = {
        ...{ on: true, countries: ["DE"] },
        ...{ slotMinutes: 60, perSlot: 1 },
      };
    });
    const { page, errors } = await product.browser.open();
    await page.goto(product.website([uuid]).origin);
    await press(page.getByRole("button", { name: "Nobody is available" }));
    await pressNext(
      page.getByRole("button", { name: "Leave a message", exact: true }),
    );
    const number = page.getByRole("textbox", { name: "Your phone number" });
    const send = page.getByRole("button", { name: "Send", exact: true });
    const when = page.getByRole("combobox", { name: "When should we call" });

    await press(page.getByRole("checkbox", { name: "Please call me back" }));
    await enter(
      page.getByRole("textbox", { name: "Message" }),
      "About my order",
    );
    await enter(number, "0900 1234567");
    await seen(when);
    await press(send);
    await seen(page.getByText("We cannot call this number."));
    await checkAccess(page);
    await enter(number, "07031 73009");
    const [, second = ""] = await when.locator("optgroup option")
      .evaluateAll((options) =>
        options.map((option) => option.getAttribute("value") ?? "")
      );
    await when.selectOption(second);
    await page.reload();
    await seen(when);
    equal(await when.inputValue(), second);
    await press(send);
    await seen(page.getByText("Thank you. We will call you."));
    await checkAccess(page);

    const { messages: [message, ...others] } = await product.admin
      .call<InquiryPage>("GET", "/api/messages?kind=callback");
    ok(message);
    deepEqual(
      [message.text, message.reply, message.callback?.from, others],
      ["About my order", "+49 7031 73009", Number(second) * 1_000, []],
    );
    deepEqual(errors, []);
  },
);

Deno.test("a visitor is not offered a call if the opening hours never open, until they do", async () => {
  await using product = await openProduct();
  const widget = await product.admin.addWidget("sidebar", (content) => {
    content.agents = [agentOf("ada", "Ada Lovelace")];
    content.messages.on = true;
    content.callbacks = { ...content.callbacks, on: true };
    content.hours = everyDay("UTC");
  });
  const { page, errors } = await product.browser.open();
  await page.goto(product.website([widget.uuid]).origin);
  await press(page.getByRole("button", { name: "Nobody is available" }));
  await pressNext(
    page.getByRole("button", { name: "Leave a message", exact: true }),
  );

  await seen(page.getByRole("textbox", { name: "Email or phone number" }));
  const wantsCall = page.getByRole("checkbox", { name: "Please call me back" });
  await gone(wantsCall);
  const never = await product.admin.saveWidget(widget, (content) => {
    content.hours = everyDay("UTC", "09:00-17:00");
  });
  await seen(wantsCall);
  await product.admin.saveWidget(never, (content) => {
    content.hours = everyDay("UTC");
  });
  await gone(wantsCall);
  deepEqual(errors, []);
});

Deno.test("the page Messages shows when a callback is due, and its number is a link", async () => {
  await using product = await openProduct();
  const { uuid } = await product.admin.addWidget("sidebar", (content) => {
    content.agents = [agentOf("ada", "Ada Lovelace")];
    content.messages.on = true;
    content.callbacks = { ...content.callbacks, on: true };
  });
  const { page: visitor } = await product.browser.open();
  await visitor.goto(product.website([uuid]).origin);
  await press(visitor.getByRole("button", { name: "Nobody is available" }));
  await press(visitor.getByRole("button", { name: "Message for Ada" }));
  await press(visitor.getByRole("checkbox", { name: "Please call me back" }));
  await enter(visitor.getByRole("textbox", { name: "Message" }), "My order");
  await enter(
    visitor.getByRole("textbox", { name: "Your phone number" }),
    "+49 7031 73009",
  );
  await press(visitor.getByRole("button", { name: "Send", exact: true }));
  await seen(visitor.getByText("Thank you. We will call you."));
  // Nothing but the thanks, the reference and the two buttons.
  equal(
    (await visitor.locator(".thanks").innerText()).includes("\n0\n"),
    false,
  );
  const { page, errors } = await product.browser.open({
    reducedMotion: "reduce",
  });
  await signIn(page, product.service.url, "admin");

  await page.goto(`${product.service.url}/messages`);
  await page.getByLabel("Kind").selectOption("message");
  await press(page.getByRole("button", { name: "Show", exact: true }));
  await seen(page.getByRole("heading", { name: "No matches" }));
  await page.getByLabel("Kind").selectOption("callback");
  await press(page.getByRole("button", { name: "Show", exact: true }));
  await seen(page.getByText("Call back: As soon as possible, from"));
  await checkAccess(page);
  await press(page.getByRole("button", { name: /^Open message/ }));
  const call = page.getByRole("link", { name: "Call", exact: true });
  match(await call.getAttribute("href") ?? "", /^tel:\+49703173009$/);
  await checkAccess(page);
  await press(page.getByRole("button", { name: "Mark as done" }));
  await gone(page.getByText("Call back: As soon as possible, from"));
  deepEqual(errors, []);
});

forEachWidth(
  "a callback that is due rings at the desk, whose agent takes it and does not reach the visitor",
  async (width) => {
    await using product = await openProduct();
    const { uuid } = await product.admin.addWidget("sidebar", (content) => {
      content.agents = [agentOf("ada", "Ada Lovelace")];
      content.messages.on = true;
      content.callbacks = { ...content.callbacks, on: true };
    });
    const desk = await product.openDesk("ada", "Ada Lovelace", WINDOWS[width]);
    const { page: visitor, errors } = await product.browser.open();
    await visitor.goto(product.website([uuid]).origin);
    await press(visitor.getByRole("button", { name: "How can we help?" }));
    await pressNext(
      visitor.getByRole("button", { name: "Leave a message", exact: true }),
    );
    await press(visitor.getByRole("checkbox", { name: "Please call me back" }));
    await enter(visitor.getByRole("textbox", { name: "Message" }), "My order");
    await enter(
      visitor.getByRole("textbox", { name: "Your phone number" }),
      "+49 7031 73009",
    );
    await press(visitor.getByRole("button", { name: "Send", exact: true }));
    await seen(visitor.getByText("Thank you. We will call you."));

    const ring = desk.page.getByRole("region", { name: "Call back" });
    await seen(ring.getByText("My order"), { timeout: 15_000 });
    equal(await ring.getByText("+49 7031 73009").count(), 1);
    await checkAccess(desk.page);
    await desk.page.goto(new URL("/account", desk.page.url()).href);
    const bar = desk.page.locator(".desk-status");
    await press(bar.getByText("Online · 1 waiting", { exact: true }));
    await press(ring.getByRole("button", { name: "Take callback" }));
    const own = desk.page.getByRole("region", { name: "You are calling" });
    const call = own.getByRole("link", { name: "Call", exact: true });
    equal(await call.getAttribute("href"), "tel:+49703173009");
    await focused(call);
    await checkAccess(desk.page);
    await press(own.getByRole("button", { name: "Not reached" }));
    await gone(own);
    await focused(desk.page.locator(".desk-middle"));

    const path = "/api/messages?kind=callback";
    const { messages: [message] } = await product.admin
      .call<InquiryPage>("GET", path);
    deepEqual([message?.state, message?.callback?.call?.state], [
      "open",
      "waiting",
    ]);
    deepEqual([...errors, ...desk.errors], []);
  },
);

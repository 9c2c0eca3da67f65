import { equal, notEqual, ok } from "node:assert/strict";
import type { Page } from "playwright-core";
import {
  announced,
  enter,
  focused,
  gone,
  press,
  seen,
} from "@/tests/support/seen.ts";
import { session } from "@/tests/support/visitor_messages.ts";
import { ada, connect, openWithAgent } from "@/tests/support/widget_call.ts";
import { openWidgetPage } from "@/tests/support/widget_page.ts";
import { forEachWidth, WINDOWS } from "@/tests/support/widths.ts";

const INVITES = "Questions? We are here.";

function colorOf(page: Page) {
  return page.locator(".launcher").evaluate((launcher) =>
    getComputedStyle(launcher).backgroundColor
  );
}

/** Returns the closed launcher with this text. */
function busy(page: Page, says: string | RegExp) {
  return page.getByRole("button", { name: says, expanded: false });
}

async function close(page: Page) {
  await press(page.getByRole("dialog").getByRole("button", { name: "Close" }));
}

Deno.test("a call behind the closed panel shows on the launcher, with Hang up", async () => {
  await using shown = await openWithAgent("strict");
  const { page, service } = shown;
  await connect(shown);

  await close(page);
  const launcher = busy(page, "Ada Lovelace Connected");
  await seen(launcher);
  await seen(launcher.getByText(/^0:0[1-9]$/));
  await announced(
    page.getByRole("status").getByText("Ada Lovelace: Connected"),
  );
  equal(await page.getByText("0:0").isVisible(), true);
  await press(page.getByRole("button", { name: "Hang up" }));
  await service.once("ClearCall");
  await gone(launcher);
});

Deno.test("a running call looks different from a chat, and a click opens it", async () => {
  await using shown = await openWithAgent("strict");
  const { page, service } = shown;
  await press(page.getByRole("button", { name: "Chat with Ada" }));
  await enter(page.getByRole("textbox", { name: "Message" }), "Hello");
  await page.keyboard.press("Enter");
  await service.once("ChatMessage");
  await close(page);
  await seen(busy(page, "Ada Lovelace Chat"));
  const before = await colorOf(page);
  await connect(shown);

  await close(page);
  await seen(busy(page, "Ada Lovelace Connected"));
  const during = await colorOf(page);
  await press(busy(page, "Ada Lovelace Connected"));
  await seen(page.getByRole("timer"));

  notEqual(during, before);
});

Deno.test("the launcher shows that a call is ringing and why it ended, until it was seen", async () => {
  await using shown = await openWithAgent("strict");
  const { page, service } = shown;
  await press(page.getByRole("button", { name: "Call Ada Lovelace" }));
  await service.once("CreateCall");
  await close(page);
  await seen(busy(page, "Ada Lovelace Connecting…"));
  service.say({ mt: "CallInfo", state: "alerting" });
  await seen(busy(page, "Ada Lovelace Ringing…"));

  service.say({ mt: "CallInfo", state: "terminated", cause: 17 });
  const ended = busy(page, "Ada Lovelace is on another call.");
  await seen(ended);
  equal(await page.getByRole("button", { name: "Hang up" }).count(), 0);
  await press(ended);
  await seen(page.getByRole("button", { name: "Call again" }));
  await close(page);
  await gone(page.getByRole("dialog"));

  equal(await page.locator(".launcher").count(), 0);
});

forEachWidth(
  "a chat behind the closed panel shows on the launcher, which stops inviting",
  async (width) => {
    await using shown = await openWidgetPage({
      service: {
        session: session({ type: "sidebar" }, { helpTexts: [INVITES] }),
        infos: [ada],
      },
      ...WINDOWS[width],
    });
    const { page, service, url } = shown;
    await seen(page.getByText(INVITES));
    await press(page.getByRole("button", { name: "How can we help?" }));
    await press(page.getByRole("button", { name: "Chat with Ada" }));
    await enter(page.getByRole("textbox", { name: "Message" }), "Hello");
    await page.keyboard.press("Enter");
    await service.once("ChatMessage");
    await close(page);
    const launcher = busy(page, "Ada Lovelace Chat");
    await seen(launcher);
    await focused(launcher);

    service.write("Good morning");
    await seen(busy(page, "Unread messages: 1"));
    await page.goto(`${url}/next`);
    await seen(busy(page, "Ada Lovelace Chat Unread messages: 1"));
    await announced(page.getByRole("status").getByText("Unread messages: 1"));

    equal(await page.getByText(INVITES).count(), 0);
  },
);

Deno.test("a widget that hides while no agent is available keeps a running chat reachable", async () => {
  await using shown = await openWidgetPage({
    service: {
      session: session({ type: "sidebar" }, { hideWhenUnavailable: true }),
      infos: [ada],
    },
  });
  const { page, service } = shown;
  await press(page.getByRole("button", { name: "How can we help?" }));
  await press(page.getByRole("button", { name: "Chat with Ada" }));
  await enter(page.getByRole("textbox", { name: "Message" }), "Hello");
  await page.keyboard.press("Enter");
  await service.once("ChatMessage");
  await close(page);

  service.say({ ...ada, presence: "busy" });
  await announced(page.getByText("Nobody is available right now."));

  ok(await busy(page, "Ada Lovelace Chat").isVisible());
});

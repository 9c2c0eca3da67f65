import { deepEqual, equal } from "node:assert/strict";
import { ar } from "@/lib/i18n/widget/ar.ts";
import { forEachPage } from "@/tests/support/foreign_page.ts";
import { enter, gone, press, seen } from "@/tests/support/seen.ts";
import { info, session } from "@/tests/support/visitor_messages.ts";
import { openWidgetPage } from "@/tests/support/widget_page.ts";
import { forEachWidth, WINDOWS } from "@/tests/support/widths.ts";

const ada = info({ id: "ada", dn: "Ada Lovelace" });
const grace = info({ id: "grace", dn: "Grace Hopper", order: 1 });

/** Returns 9:00 in this number of days, in seconds since 1970. */
function nineIn(days: number): number {
  const date = new Date();
  date.setDate(date.getDate() + days);
  return date.setHours(9, 0, 0, 0) / 1_000;
}

const CLOSED = { presence: "offline", opensAt: nineIn(1) } as const;

forEachPage(
  "an open cardset switches at closing time, says when agents are back, and switches back",
  async (kind) => {
    await using shown = await openWidgetPage({
      kind,
      service: { infos: [ada, grace] },
    });
    const { page, service } = shown;
    const chat = page.getByRole("button", { name: "Chat with Ada Lovelace" });
    await seen(chat);

    service.say({ ...ada, ...CLOSED });
    await seen(page.locator(".card").getByText(/Back tomorrow at 9:00/));
    await gone(page.locator(".empty"));
    service.say({ ...grace, presence: "offline", opensAt: nineIn(2) });
    await seen(page.locator(".empty").getByText(/^Back tomorrow at 9:00/));
    await seen(page.locator(".card").getByText(/Back on \w+day at 9:00/));
    const closed = await chat.isEnabled();
    service.say(ada);
    await gone(page.locator(".empty"));
    await gone(page.getByText(/Back tomorrow/));

    deepEqual([closed, await chat.isEnabled()], [false, true]);
  },
);

forEachWidth(
  "a closed sidebar says when agents are back, and does not invite visitors",
  async (width) => {
    const sidebar = session({ type: "sidebar" }, {
      helpTexts: ["Questions? We are here."],
      position: "bottom",
    });
    await using shown = await openWidgetPage({
      ...WINDOWS[width],
      service: { session: sidebar, infos: [{ ...ada, ...CLOSED }] },
    });
    const { page, service } = shown;

    const launcher = page.getByRole("button", {
      name: /^Back tomorrow at 9:00/,
    });
    await seen(launcher);
    const invites = await page.getByText("We are here").count();
    await press(launcher);
    await seen(page.locator(".empty").getByText(/^Back tomorrow at 9:00/));
    service.say(ada);
    await seen(page.getByRole("button", { name: "Chat with Ada Lovelace" }));
    await gone(page.getByText(/Back tomorrow/));

    equal(invites, 0);
  },
);

forEachWidth(
  "in Arabic a closed sidebar says when agents are back",
  async (width) => {
    const sidebar = session(
      { type: "sidebar", lang: "ar", strings: { ...ar } },
      { position: "bottom" },
    );
    await using shown = await openWidgetPage({
      ...WINDOWS[width],
      locale: "ar",
      service: { session: sidebar, infos: [{ ...ada, ...CLOSED }] },
    });
    const { page } = shown;

    await press(page.getByRole("button", { name: /^نعود غدًا الساعة/ }));

    await seen(page.locator(".empty").getByText(/^نعود غدًا الساعة/));
  },
);

forEachWidth(
  "a message that is sent at closing time is refused with the reason, and not lost",
  async (width) => {
    await using shown = await openWidgetPage({
      ...WINDOWS[width],
      service: { infos: [ada], acks: false },
    });
    const { page, service } = shown;
    await press(page.getByRole("button", { name: "Chat with Ada Lovelace" }));
    const field = page.getByRole("textbox", { name: "Message" });
    await enter(field, "Are you there?");
    await page.keyboard.press("Enter");
    const { contact } = await service.once("CreateChat");

    service.say({ ...ada, ...CLOSED });
    service.say({ mt: "Error", error: "closed", text: "Cannot connect" });
    service.say({
      mt: "ChatInfo",
      state: "terminated",
      cause: 18,
      ...contact !== undefined && { contact },
    });
    await seen(page.getByText("We are closed right now."));

    equal(await field.inputValue(), "Are you there?");
  },
);

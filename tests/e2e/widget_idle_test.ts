import { equal } from "node:assert/strict";
import { forEachPage } from "@/tests/support/foreign_page.ts";
import { enter, gone, press, seen } from "@/tests/support/seen.ts";
import { info } from "@/tests/support/visitor_messages.ts";
import { openWidgetPage } from "@/tests/support/widget_page.ts";

const ada = info({ id: "ada", dn: "Ada Lovelace" });

forEachPage(
  "the visitor sees when an idle chat closes, keeps it with one press, and sees why it has closed",
  async (kind) => {
    await using shown = await openWidgetPage({
      kind,
      service: { infos: [ada] },
    });
    const { page, service } = shown;
    await press(page.getByRole("button", { name: "Chat with Ada Lovelace" }));
    const field = page.getByRole("textbox", { name: "Message" });
    await enter(field, "Hello");
    await page.keyboard.press("Enter");
    await service.once("ChatMessage");
    service.say({ mt: "ChatInfo", state: "connected", dn: "Ada" });
    const keep = page.getByRole("button", { name: "Keep chat open" });

    service.say({ mt: "ChatIdle", seconds: 300 });
    await seen(page.getByText(/^This chat will close at .+ because nobody/));
    await seen(field);
    await press(keep);
    const kept = await service.once("KeepChat");
    service.say({ mt: "ChatIdle" });
    await gone(keep);
    service.say({ mt: "ChatIdle", seconds: 300 });
    await seen(keep);
    service.say({ mt: "ChatInfo", state: "terminated", cause: 31 });
    await seen(page.getByText("The chat was closed because nobody had"));
    await gone(keep);

    equal(kept.mt, "KeepChat");
  },
);

import { deepEqual } from "node:assert/strict";
import type { Page } from "playwright-core";
import { endChat } from "@/tests/support/end_chat.ts";
import { forEachPage } from "@/tests/support/foreign_page.ts";
import { enter, press, seen } from "@/tests/support/seen.ts";
import { info, session } from "@/tests/support/visitor_messages.ts";
import { openWidgetPage } from "@/tests/support/widget_page.ts";

const ada = info({ id: "ada", dn: "Ada" });
const [FIRST, SECOND] = ["1".repeat(16), "2".repeat(16)];

async function say(page: Page, text: string): Promise<void> {
  await enter(page.getByRole("textbox", { name: "Message" }), text);
  await page.keyboard.press("Enter");
}

function asking(consent: string, consentVersion: string) {
  return session({}, { consent, consentVersion });
}

forEachPage(
  "each contact carries the accepted consent text, and a changed text is asked for again",
  async (kind) => {
    await using shown = await openWidgetPage({
      kind,
      service: { session: asking("For a day.", FIRST), infos: [ada] },
    });
    const { page, service } = shown;
    const agree = page.getByRole("button", { name: "Agree and continue" });
    await press(page.getByRole("button", { name: "Chat with Ada" }));
    await say(page, "Hello");
    await press(agree);
    await service.once("ChatMessage");

    service.session = asking("For a year.", SECOND);
    service.save();
    await say(page, "Running contacts continue");
    await service.once("ChatMessage", 2);
    await endChat(page);
    await press(page.getByRole("button", { name: "New chat" }));
    await say(page, "Again");
    await seen(page.getByText("For a year."));
    await press(agree);
    await service.once("CreateChat", 2);
    await press(
      page.getByRole("dialog").getByRole("button", { name: "Call Ada" }),
    );
    await service.once("CreateCall");

    const agreed = service.heard.flatMap((message) =>
      "consent" in message ? [`${message.mt} ${message.consent}`] : []
    );
    deepEqual(agreed, [
      `CreateChat ${FIRST}`,
      `CreateChat ${SECOND}`,
      `CreateCall ${SECOND}`,
    ]);
  },
);

forEachPage(
  "given consent is remembered on the tab's next page",
  async (kind) => {
    await using shown = await openWidgetPage({
      kind,
      service: { session: asking("For a day.", FIRST), infos: [ada] },
    });
    const { page, service, url } = shown;
    await press(page.getByRole("button", { name: "Chat with Ada" }));
    await say(page, "Hello");
    await press(page.getByRole("button", { name: "Agree and continue" }));
    await service.once("ChatMessage");

    await page.goto(`${url}/next`);
    await press(
      page.getByRole("dialog").getByRole("button", { name: "Call Ada" }),
    );
    const { consent } = await service.once("CreateCall");

    deepEqual(consent, FIRST);
  },
);

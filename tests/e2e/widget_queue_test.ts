import { deepEqual, equal, notEqual, ok } from "node:assert/strict";
import { ar } from "@/lib/i18n/widget/ar.ts";
import type { Locator } from "playwright-core";
import { de } from "@/lib/i18n/widget/de.ts";
import { en } from "@/lib/i18n/widget/en.ts";
import { agentOf } from "@/tests/support/admin_client.ts";
import { checkAccess } from "@/tests/support/axe.ts";
import { forEachPage } from "@/tests/support/foreign_page.ts";
import { openProduct } from "@/tests/support/product.ts";
import { announced, enter, gone, press, seen } from "@/tests/support/seen.ts";
import { info, session } from "@/tests/support/visitor_messages.ts";
import { openWidgetPage } from "@/tests/support/widget_page.ts";
import { forEachWidth, WINDOWS } from "@/tests/support/widths.ts";

const sales = info({ id: "sales", dn: "Sales" });
const ada = info({ id: "ada", dn: "Ada Lovelace", order: 1 });
const WAITS = { mt: "QueueInfo", position: 3, minutes: 4 } as const;

/** A page with a team and another agent, on a widget that takes messages. */
function open(options: Parameters<typeof openWidgetPage>[0] = {}) {
  return openWidgetPage({
    service: {
      session: session({ type: "sidebar", strings: en }),
      infos: [sales, ada],
    },
    ...options,
  });
}

type Shown = Awaited<ReturnType<typeof open>>;

const field = ({ page }: Shown) =>
  page.getByRole("textbox", { name: "Message" });

async function write({ page, service }: Shown, text: string) {
  await press(page.getByRole("button", { name: "How can we help?" }));
  await press(page.getByRole("button", { name: "Chat with Sales" }));
  await enter(page.getByRole("textbox", { name: "Message" }), text);
  await page.keyboard.press("Enter");
  await service.once("ChatMessage");
}

forEachPage(
  "a waiting visitor follows the place in the queue, and chats as soon as an agent is free",
  async (kind) => {
    await using shown = await open({ kind });
    const { page, service } = shown;
    await write(shown, "Hello");

    service.say({ ...WAITS, of: "chat" });
    const third = page.getByText(
      "You are number 3 in the queue. Waiting time: about 4 minutes.",
    );
    await seen(third);
    await announced(third);
    await seen(field(shown));
    await checkAccess(page);
    service.say({ mt: "QueueInfo", of: "chat", position: 1 });
    await seen(page.getByText("You are next in the queue.", { exact: true }));
    service.say({ mt: "ChatInfo", state: "connected", dn: "Bob" });
    await gone(page.getByRole("button", { name: "Leave queue" }));

    await seen(page.getByText("Bob has joined."));
  },
);

Deno.test("a waiting visitor sees the place on the closed launcher, leaves the queue, and the text stays for the next chat", async () => {
  await using shown = await open();
  const { page, service } = shown;
  await write(shown, "Where is my parcel?");
  service.say({ ...WAITS, of: "chat" });
  await seen(page.getByRole("button", { name: "Leave queue" }));
  await page.keyboard.press("Escape");
  const launcher = page.getByRole("button", {
    name: "Sales You are number 3 in the queue.",
  });
  await seen(launcher);
  const delays = await launcher.evaluate((element) =>
    (element.parentElement?.getAnimations() ?? [])
      .map(({ effect }) => effect?.getTiming().delay)
  );
  deepEqual(delays.filter((delay) => delay !== 0), [], "a launcher that waits");
  service.say({ mt: "QueueInfo", of: "chat", position: 1 });
  await announced(
    page.getByRole("status").getByText("Sales: You are next in the queue."),
  );
  await press(page.locator(".launcher"));

  await press(page.getByRole("button", { name: "Leave queue" }));
  await service.once("ClearChat");
  await press(page.getByRole("button", { name: "Chat with Ada Lovelace" }));

  equal(await field(shown).inputValue(), "Where is my parcel?");
});

Deno.test("a waiting visitor writes to another agent, or leaves a message, with the same text", async () => {
  await using shown = await open();
  const { page, service } = shown;
  await write(shown, "Where is my parcel?");
  service.say({ ...WAITS, of: "chat" });
  const first = await service.once("CreateChat");

  await press(page.getByRole("button", { name: "Chat with Ada Lovelace" }));
  await service.once("ClearChat");
  const toAda = await field(shown).inputValue();
  await page.keyboard.press("Enter");
  const second = await service.once("CreateChat", 2);
  service.say({ ...WAITS, of: "chat", contact: second.contact ?? "" });
  await press(page.getByRole("button", { name: "Leave a message" }));
  await seen(page.getByRole("textbox", { name: "Email or phone number" }));

  deepEqual([toAda, second.dest], ["Where is my parcel?", "ada"]);
  notEqual(first.contact, second.contact);
  equal(await field(shown).inputValue(), "Where is my parcel?");
});

/** Pixels between the left edges of the panel and of a button in it. */
function indentOf(button: Locator): Promise<number> {
  return button.evaluate((button) => {
    const panel = button.closest(".panel")?.getBoundingClientRect();
    return button.getBoundingClientRect().left - (panel?.left ?? NaN);
  });
}

forEachWidth(
  "a waiting caller sees the place in the queue, also on the launcher, and can leave a message instead",
  async (width) => {
    await using shown = await open({ viewport: WINDOWS[width].viewport });
    const { page, service } = shown;
    await press(page.getByRole("button", { name: "How can we help?" }));
    await press(page.getByRole("button", { name: "Call Sales" }));
    await service.once("CreateCall");

    service.say({ ...WAITS, of: "call" });
    await seen(page.getByText("You are number 3 in the queue."));
    await seen(page.getByText("Waiting time: about 4 minutes."));
    const choice = page.getByRole("button", { name: "Call Ada Lovelace" });
    await seen(choice);
    await seen(page.getByRole("button", { name: "Hang up" }));
    const leave = page.getByRole("button", { name: "Leave queue" });
    equal(await leave.count(), 0, "a second button that hangs up");
    ok(await indentOf(choice) >= 8, "next to the edge of the panel");
    await checkAccess(page);
    await page.keyboard.press("Escape");
    const launcher = page.getByRole("button", {
      name: "Sales You are number 3 in the queue.",
    });
    await seen(launcher);
    await press(launcher);
    await press(page.getByRole("button", { name: "Leave a message" }));
    await service.once("ClearCall");

    await seen(page.getByRole("textbox", { name: "Email or phone number" }));
  },
);

for (const [lang, strings] of Object.entries({ de, ar })) {
  Deno.test(`a waiting visitor reads the place and the time in ${lang}, at 390 px`, async () => {
    await using shown = await open({
      service: {
        session: session({ type: "sidebar", strings, lang }),
        infos: [sales, ada],
      },
      viewport: WINDOWS[390].viewport,
    });
    const { page, service } = shown;
    await press(page.locator(".launcher"));
    await press(
      page.locator("[data-agent=sales]").getByRole("button", {
        name: strings.chat,
      }),
    );
    await enter(page.getByRole("textbox", { name: strings.message }), "1");
    await page.keyboard.press("Enter");
    await service.once("ChatMessage");

    service.say({ ...WAITS, of: "chat" });

    await seen(page.getByRole("button", { name: strings.leaveQueue }));
    await seen(page.getByText(strings.queued.replace("{position}", "3")));
    await checkAccess(page);
  });
}

Deno.test("a visitor of a busy team keeps the place over a page change, and is answered next", async () => {
  await using product = await openProduct();
  const { admin, browser } = product;
  const { uuid } = await admin.addWidget("cardset", (content) => {
    const team = {
      ...{ members: ["ada"], strategy: "all" as const, ringSeconds: 60 },
      ...{ chatsMax: 1, queueMinutes: 5, steps: [] },
    };
    content.agents = [{ ...agentOf("team-1", "Sales"), team }];
  });
  const desk = await product.openDesk("ada", "Ada Lovelace");
  const { origin } = product.website([uuid]);
  const ring = desk.page.getByRole("region", { name: /wants to chat/ });
  const visit = async (text: string) => {
    const { page, errors } = await browser.open();
    await page.goto(origin);
    await press(page.getByRole("button", { name: "Chat with Sales" }));
    await enter(page.getByRole("textbox", { name: "Message" }), text);
    await page.keyboard.press("Enter");
    return { page, errors };
  };
  const first = await visit("First");
  await press(ring.getByRole("button", { name: "Join chat" }));
  await seen(first.page.getByText("Ada Lovelace has joined."));

  const second = await visit("Second");
  await seen(second.page.getByText("You are next in the queue."));
  const third = await visit("Third");
  await seen(third.page.getByText("You are number 2 in the queue."));
  await second.page.reload();
  await seen(second.page.getByText("You are next in the queue."));
  await press(first.page.getByRole("button", { name: "End chat" }));
  await press(
    first.page.getByRole("alertdialog")
      .getByRole("button", { name: "End chat" }),
  );
  await press(ring.getByRole("button", { name: "Join chat" }));
  await seen(second.page.getByText("Ada Lovelace has joined."));
  await seen(third.page.getByText("You are next in the queue."));

  const all = [first, second, third, desk].flatMap(({ errors }) => errors);
  deepEqual(all, []);
});

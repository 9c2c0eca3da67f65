import { deepEqual, equal } from "node:assert/strict";
import { DESK_LANGUAGES } from "@/lib/i18n/desk/languages.ts";
import { agentOf } from "@/tests/support/admin_client.ts";
import { openChat, openDesk, writeTo } from "@/tests/support/desk_scene.ts";
import { openProduct } from "@/tests/support/product.ts";
import { received, watchPeers } from "@/tests/support/media.ts";
import { enter, gone, press, seen } from "@/tests/support/seen.ts";

const PHONE = { width: 390, height: 844 };
const SMALL_PHONE = { width: 390, height: 600 };

/** A desk of this size with a running chat in the middle. */
async function openRunningChat(size: typeof PHONE) {
  const open = await openDesk();
  await open.page.setViewportSize(size);
  const visitor = await open.visitor();
  openChat(visitor);
  writeTo(visitor, "1", "Are you open today?");
  await press(open.page.getByRole("button", { name: "Join chat" }));
  await seen(open.page.getByRole("log").getByText("Are you open today?"));
  return open;
}

async function ringTimes(
  open: Awaited<ReturnType<typeof openDesk>>,
  count: number,
): Promise<void> {
  for (let n = 0; n < count; n++) {
    const visitor = await open.visitor();
    openChat(visitor);
    writeTo(visitor, "1", "Can you help me, please? ".repeat(20));
  }
}

Deno.test("on a phone, a message of another chat appears above the open one and opens its chat", async () => {
  await using open = await openDesk();
  const { page } = open;
  await page.setViewportSize(PHONE);
  const first = await open.visitor();
  openChat(first);
  writeTo(first, "1", "Are you open today?");
  await press(page.getByRole("button", { name: "Join chat" }));
  await press(page.getByRole("button", { name: "Back to the list" }));
  const second = await open.visitor();
  openChat(second);
  writeTo(second, "1", "What does it cost?");
  await press(page.getByRole("button", { name: "Join chat" }));
  await seen(page.getByRole("log").getByText("What does it cost?"));

  writeTo(first, "2", "And on Sunday?");
  const news = page.getByRole("button", { name: /1 unread message/ });
  await seen(news.getByText("And on Sunday?"));
  await seen(page.getByRole("log").getByText("What does it cost?"));
  await press(news);
  await seen(page.getByRole("log").getByText("And on Sunday?"));
  await gone(news);

  deepEqual(open.errors, []);
});

for (const lang of ["en", "de"] as const) {
  Deno.test(`on a phone, the head of a chat shows the visitor's whole name (${lang})`, async () => {
    await using open = await openDesk();
    const { page } = open;
    const texts = DESK_LANGUAGES[lang];
    await page.setViewportSize(PHONE);
    await open.context.addCookies([
      { name: "lang", value: lang, url: open.service.url },
    ]);
    await page.reload();
    const visitor = await open.visitor();
    await visitor.heard.until((message) =>
      message.mt === "Info" && message.presence === "online"
    );
    const dn = "Konstantin Freudenberg-Wiesenthal";
    visitor.say({ mt: "CreateChat", dest: "otto", dn });
    writeTo(visitor, "1", "Hello");
    await press(page.getByRole("button", { name: texts.ring.join }));
    await seen(page.getByRole("button", { name: texts.handover.button }));
    await seen(page.getByRole("button", { name: texts.chat.leave }));

    const name = page.locator(".desk-head h2", { hasText: dn });
    await seen(name);
    const isCut = await name.evaluate((h2) =>
      h2.scrollWidth > h2.clientWidth || h2.scrollHeight > h2.clientHeight
    );

    equal(isCut, false);
    deepEqual(open.errors, []);
  });
}

for (const size of [PHONE, SMALL_PHONE]) {
  Deno.test(`on a phone, the newest message stays in view while others ring (${size.height} px high)`, async () => {
    await using open = await openDesk();
    const { page } = open;
    await page.setViewportSize(size);
    const visitor = await open.visitor();
    openChat(visitor);
    for (let n = 1; n <= 30; n++) writeTo(visitor, `${n}`, `Message ${n}`);
    await press(page.getByRole("button", { name: "Join chat" }));
    const newest = page.getByRole("log").getByText("Message 30");
    await seen(newest);

    for (let n = 0; n < 2; n++) {
      const other = await open.visitor();
      openChat(other);
      writeTo(other, "1", "Can you help me, please? ".repeat(20));
    }
    await seen(page.getByRole("button", { name: "Join chat" }).first());
    await seen(newest);
    await seen(page.getByRole("textbox", { name: "Message" }));
    writeTo(visitor, "31", "Message 31");
    await seen(page.getByRole("log").getByText("Message 31"));

    deepEqual(open.errors, []);
  });
}

Deno.test("on a phone, waiting visitors below the first are counted, and the count scrolls to them", async () => {
  await using open = await openRunningChat(PHONE);
  const { page } = open;
  await ringTimes(open, 2);

  const more = page.getByRole("button", { name: "+1 waiting" });
  await seen(more);
  await press(more);
  await seen(page.getByRole("heading", { name: "Waiting 2" }));

  deepEqual(open.errors, []);
});

Deno.test("the conversation keeps half of the window while four visitors wait", async () => {
  const size = { width: 1280, height: 800 };
  await using open = await openRunningChat(size);
  const { page } = open;
  await ringTimes(open, 4);

  await seen(page.getByRole("button", { name: "+1 waiting" }));
  equal(await page.locator(".desk-ring").count(), 1);
  const rows = page.locator(".desk-ring-row");
  equal(await rows.count(), 2);
  const head = await page.locator(".desk-head").boundingBox();
  const isHalf = head !== null && head.y <= size.height / 2;
  await press(rows.first().getByRole("button", { name: "Decline" }));
  await seen(page.getByRole("heading", { name: "Waiting 3" }));

  equal(isHalf, true, `the conversation begins at ${head?.y} px`);
  deepEqual(open.errors, []);
});

Deno.test("on a phone, the details close on Escape and with their conversation", async () => {
  await using open = await openRunningChat(PHONE);
  const { page } = open;
  const details = page.getByRole("complementary", { name: "Visitor" });
  const show = page.getByRole("button", { name: "Details" });

  await press(show);
  await seen(details);
  await page.keyboard.press("Escape");
  await gone(details);
  await press(show);
  await seen(details);
  await press(page.getByRole("button", { name: "Back to the list" }));
  await gone(details);
  await press(page.getByRole("button", { name: /Ada/ }).first());
  await seen(page.getByRole("log").getByText("Are you open today?"));
  await gone(details);

  deepEqual(open.errors, []);
});

Deno.test("on a phone, a visitor's message during a call appears above the call", async () => {
  await using product = await openProduct();
  const widget = await product.admin.addWidget("cardset", (content) => {
    content.agents = [agentOf("ada", "Ada")];
  });
  const desk = await product.openDesk("ada", "Ada", { viewport: PHONE });
  const visitor = await product.browser.open({
    permissions: ["camera", "microphone"],
  });
  const { page } = visitor;
  await watchPeers(visitor.context);
  await page.goto(product.website([widget.uuid]).origin);
  const say = async (text: string) => {
    await enter(page.getByRole("textbox", { name: "Message" }), text);
    await page.keyboard.press("Enter");
  };
  await press(page.getByRole("button", { name: "Chat with Ada" }));
  await say("May I call?");
  await press(desk.page.getByRole("button", { name: "Join chat" }).first());
  const panel = page.getByRole("dialog");
  await press(panel.getByRole("button", { name: "Call Ada" }));
  await press(desk.page.getByRole("button", { name: "Answer" }));
  await received(page, "audio");
  await press(panel.getByRole("button", { name: "Chat" }));

  await say("My number is 4711");
  const news = desk.page.getByRole("button", { name: /1 unread message/ });
  await seen(news.getByText("My number is 4711"));
  await seen(desk.page.getByRole("button", { name: "Hang up" }));
  await press(news);
  await seen(desk.page.getByRole("log").getByText("My number is 4711"));
  await seen(desk.page.getByRole("button", { name: "Hang up" }));

  deepEqual([...visitor.errors, ...desk.errors], []);
});

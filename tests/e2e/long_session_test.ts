import { deepEqual, equal } from "node:assert/strict";
import type { Locator, Page } from "playwright-core";
import { agentOf } from "@/tests/support/admin_client.ts";
import { endChat } from "@/tests/support/end_chat.ts";
import {
  type Desk,
  openProduct,
  type Product,
} from "@/tests/support/product.ts";
import { received, watchPeers } from "@/tests/support/media.ts";
import { enter, gone, press, reach, seen } from "@/tests/support/seen.ts";
import { SHEET, Walk } from "@/tests/support/walk.ts";
import { forEachWidth, type Width, WINDOWS } from "@/tests/support/widths.ts";

const MESSAGES = 60;
/** Message texts, by turns: what people write, paste and send by accident. */
const TEXTS = [
  "Is the blue one in stock?",
  "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
    .repeat(2),
  `https://example.com/bicycles/${"mountain-and-city-".repeat(8)}?colour=blue`,
  "👩‍👩‍👧‍👦 🚲💙🎉",
  "One line,\nanother one,\n\nand one after an empty line.",
  "Ok",
  "هل الدراجة الزرقاء متوفرة؟ شكرا",
  "We have it in three sizes. If you tell us how tall you are and how you like to sit, we can say which one fits. "
    .repeat(4),
  "12345678901234567890 +49 30 1234567 <b>no markup</b> & nothing else",
];

type Kind = "sidebar" | "cardset";

interface Session {
  product: Product;
  visitor: Page;
  desk: Desk;
  walk: Walk;
  url: string;
  kind: Kind;
  width: Width;
}

for (const kind of ["sidebar", "cardset"] as const) {
  forEachWidth(
    `a long session: each side sees all that concerns it, ${kind}`,
    (width) => walkThrough(kind, width),
  );
}

async function walkThrough(kind: Kind, width: Width): Promise<void> {
  await using product = await openProduct();
  const widget = await product.admin.addWidget(kind, (content) => {
    content.agents = [agentOf("ada", "Ada Lovelace")];
  });
  const desk = await product.openDesk("ada", "Ada Lovelace", WINDOWS[width]);
  await watchPeers(desk.context);
  await desk.page.reload();
  const profile = await product.browser.open({
    ...WINDOWS[width],
    permissions: ["camera", "microphone"],
  });
  await watchPeers(profile.context);
  const visitor = profile.page;
  const url = product.website([widget.uuid], FILLER).origin;
  const walk = await Walk.begin(`${kind}-${width}`, {
    visitor,
    agent: desk.page,
  });
  const session: Session = {
    product,
    visitor,
    desk,
    walk,
    url,
    kind,
    width,
  };

  await begin(session);
  await writeToEachOther(session, 3, MESSAGES / 2);
  await leavePage(session);
  await callAndChat(session);
  await writeToEachOther(session, MESSAGES / 2 + 1, MESSAGES);
  await decline(session);
  await end(session);
  console.log(`Pictures: ${SHEET}`);
  deepEqual([...profile.errors, ...desk.errors], []);
}

/** Text of the website, longer than a window. */
const FILLER = `<h2>Bicycles</h2>${
  "<p>We repair, rent and sell bicycles of all kinds.</p>".repeat(40)
}`;

const launcher = ({ visitor }: Session) =>
  visitor.getByRole("button", { name: "How can we help?" });

/** A message in the log of a page: texts begin with their number. */
function message(page: Page, number: number): Locator {
  return page.getByRole("log").locator("p", {
    hasText: new RegExp(`^${number}: `),
  });
}

function textOf(number: number): string {
  return `${number}: ${TEXTS[number % TEXTS.length]}`;
}

/** Writes by hand, and sees it among the messages. */
async function say(page: Page, number: number): Promise<void> {
  await enter(page.getByRole("textbox", { name: "Message" }), textOf(number));
  await page.keyboard.press("Enter");
  await seen(message(page, number));
}

async function begin(session: Session): Promise<void> {
  const { visitor, desk, walk, url, kind } = session;
  await walk.step("page", async () => {
    await visitor.goto(url);
    if (kind === "sidebar") await seen(launcher(session));
    else await seen(visitor.getByText("Ada Lovelace"));
  });
  if (kind === "sidebar") {
    await walk.step("cards", async () => {
      await press(launcher(session));
      await seen(visitor.getByRole("dialog").getByText("Ada Lovelace"));
    });
  }
  await walk.step("empty-chat", async () => {
    await press(visitor.getByRole("button", { name: "Chat with Ada" }));
    await enter(visitor.getByRole("textbox", { name: "Your name" }), "Bob");
  });
  await walk.step("ring", async () => {
    await say(visitor, 1);
    const ring = desk.page.getByRole("region", { name: "Bob wants to chat" });
    await seen(ring);
    await seen(visitor.getByText("Ada Lovelace has been notified."));
  });
  await walk.step("joined", async () => {
    await press(desk.page.getByRole("button", { name: "Join chat" }).first());
    await seen(visitor.getByText("Ada Lovelace has joined."));
    await say(desk.page, 2);
    await seen(message(visitor, 2));
  });
}

/** Visitor and agent write by turns; each sees each message as it comes. */
async function writeToEachOther(
  { visitor, desk, walk }: Session,
  from: number,
  to: number,
): Promise<void> {
  for (let number = from; number <= to; number++) {
    const isVisitors = number % 2 === 1;
    const [writer, reader] = isVisitors
      ? [visitor, desk.page]
      : [desk.page, visitor];
    const write = async () => {
      await say(writer, number);
      await seen(message(reader, number));
    };
    if (number % 10 === 0) await walk.step(`message-${number}`, write);
    else await write();
  }
  await walk.step("typing", async () => {
    await desk.page.getByRole("textbox", { name: "Message" })
      .pressSequentially("One mo");
    await seen(visitor.getByText("Ada Lovelace is typing…"));
    await enter(desk.page.getByRole("textbox", { name: "Message" }), "");
  });
  await walk.step("first-message", async () => {
    for (const page of [visitor, desk.page]) {
      await reach(message(page, 1));
      await reach(message(page, to));
    }
    equal(await desk.page.evaluate(roomBelow), 0, "only the list scrolls");
  });
}

/** Runs in the page: how far the page itself can be scrolled. */
function roomBelow(): number {
  return document.documentElement.scrollHeight - innerHeight;
}

/** The visitor goes to another page, with the chat open and closed. */
async function leavePage(session: Session): Promise<void> {
  const { visitor, desk, walk, url } = session;
  await walk.step("next-page", async () => {
    await visitor.goto(`${url}/bicycles`);
    await seen(message(visitor, MESSAGES / 2));
  });
  await walk.step("closed", async () => {
    const panel = visitor.getByRole("dialog");
    await press(panel.getByRole("button", { name: "Close" }));
    await gone(panel);
    await enter(desk.page.getByRole("textbox", { name: "Message" }), "Unread?");
    await desk.page.keyboard.press("Enter");
    await seen(visitor.getByRole("button", { name: "Unread messages: 1" }));
  });
  await walk.step("closed-next-page", async () => {
    await visitor.goto(`${url}/repair`);
    await seen(visitor.getByRole("button", { name: "Unread messages: 1" }));
  });
  await walk.step("opened", async () => {
    await press(visitor.getByRole("button", { name: "Unread messages: 1" }));
    await seen(visitor.getByRole("log").getByText("Unread?"));
  });
}

/** A call from within the chat, which continues. */
async function callAndChat(
  { visitor, desk, walk, width }: Session,
): Promise<void> {
  const panel = visitor.getByRole("dialog");
  await walk.step("calling", async () => {
    await press(panel.getByRole("button", { name: "Video call with Ada" }));
    await seen(desk.page.getByRole("region", { name: /Bob is calling/ }));
    await seen(visitor.getByText("Ringing…"));
  });
  await walk.step("call", async () => {
    await press(desk.page.getByRole("button", { name: "Answer with video" }));
    for (const page of [visitor, desk.page]) await received(page, "video");
    await seen(visitor.getByLabel("Video of Ada Lovelace"));
    await seen(visitor.getByRole("button", { name: "Hang up" }));
    await seen(desk.page.getByRole("button", { name: "Hang up" }));
  });
  await walk.step("chat-in-call", async () => {
    await press(panel.getByRole("button", { name: /^Chat(,|$)/ }));
    await seen(visitor.getByRole("log").getByText("Unread?"));
  });
  await walk.step("hung-up", async () => {
    await press(panel.getByRole("button", { name: "Hang up" }));
    await gone(desk.page.getByRole("button", { name: "Hang up" }));
    await seen(visitor.getByRole("log").getByText("Unread?"));
    if (width === 390) await press(listOf(desk));
    await press(desk.page.getByRole("button", { name: /^Bob/ }).first());
  });
}

/** On a narrow screen: leads from a contact to the list of contacts. */
function listOf({ page }: Desk): Locator {
  return page.getByRole("button", { name: "Back to the list" });
}

async function decline({ visitor, desk, walk }: Session): Promise<void> {
  const panel = visitor.getByRole("dialog");
  await walk.step("declined", async () => {
    await press(panel.getByRole("button", { name: "Call Ada Lovelace" }));
    const ring = desk.page.getByRole("region", { name: "Bob is calling" });
    await press(ring.getByRole("button", { name: "Decline" }));
    await seen(
      visitor.getByText("Ada Lovelace cannot take the call right now."),
    );
  });
  await walk.step("back-in-chat", async () => {
    await press(panel.getByRole("button", { name: "Chat with Ada" }));
    await seen(message(visitor, MESSAGES));
  });
}

async function end(session: Session): Promise<void> {
  const { visitor, desk, walk, url, kind, width } = session;
  await walk.step("chat-ended", async () => {
    await endChat(visitor);
    await seen(desk.page.getByText("This chat has ended."));
  });
  await walk.step("nobody", async () => {
    if (width === 390) await press(listOf(desk));
    await press(desk.page.getByRole("radio", { name: "Away" }));
    await visitor.goto(`${url}/contact`);
    const nobody = "Nobody is available right now.";
    if (kind === "sidebar") {
      await press(visitor.getByRole("button", { name: nobody }));
    }
    await seen(visitor.locator(".empty", { hasText: nobody }));
    await seen(visitor.getByText("Away", { exact: true }).last());
  });
}

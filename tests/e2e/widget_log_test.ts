import { deepEqual, equal, rejects } from "node:assert/strict";
import type { Locator } from "playwright-core";
import { enter, gone, press, seen } from "@/tests/support/seen.ts";
import { info, session } from "@/tests/support/visitor_messages.ts";
import {
  openWidgetPage,
  type PageOptions,
  type WidgetPage,
} from "@/tests/support/widget_page.ts";

const ada = info({ id: "ada", dn: "Ada Lovelace" });
const WIDE = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 844 };
const MESSAGES = 60;

/** A running chat with `count` messages, every third one the visitor's. */
async function openChat(
  count: number,
  type: "sidebar" | "cardset",
  options: PageOptions = {},
): Promise<WidgetPage> {
  const shown = await openWidgetPage({
    kind: "plain",
    service: { session: session({ type }), infos: [ada] },
    ...options,
  });
  const { page, service } = shown;
  if (type === "sidebar") {
    await press(page.getByRole("button", { name: "How can we help?" }));
  }
  await press(page.getByRole("button", { name: "Chat with Ada Lovelace" }));
  const field = page.getByRole("textbox", { name: "Message" });
  for (let n = 1; n <= count; n++) {
    if (n % 3 === 1) {
      await enter(field, `message ${n}`);
      await field.press("Enter");
      await service.once("ChatMessage", Math.ceil(n / 3));
    } else service.write(`message ${n} ${"and more ".repeat(n % 8)}`);
  }
  await seen(line(shown, count));
  return shown;
}

/** The `n`th message. */
function line({ page }: WidgetPage, n: number): Locator {
  return page.locator(".said p").filter({
    hasText: new RegExp(`^message ${n}\\b`),
  });
}

/** Scrolls the list as a visitor does, to its beginning or its end. */
async function scroll({ page }: WidgetPage, down: 1 | -1): Promise<void> {
  await page.locator(".scroll").hover();
  await page.mouse.wheel(0, down * 100_000);
}

/** Notes what `cw-message` tells of unread messages, and each sound. Playwright's
 * own looks count as gestures, so only a real press does here. */
async function watchUnread({ page }: WidgetPage): Promise<void> {
  await page.addInitScript(() => {
    const unread: number[] = [];
    let sounds = 0;
    let hasBeenActive = false;
    addEventListener("pointerdown", () => hasBeenActive = true, true);
    Object.defineProperty(navigator, "userActivation", {
      get: () => ({ hasBeenActive }),
    });
    addEventListener("cw-message", (event) => {
      if (event instanceof CustomEvent) unread.push(event.detail.unread);
    });
    const { AudioContext } = globalThis;
    Object.assign(globalThis, {
      unread,
      sounds: () => sounds,
      AudioContext: class extends AudioContext {
        constructor() {
          super();
          sounds++;
        }
      },
    });
  });
}

for (const type of ["sidebar", "cardset"] as const) {
  for (const viewport of [WIDE, PHONE]) {
    const where = `${type}, ${viewport.width} px`;
    Deno.test(`the newest of ${MESSAGES} messages is in view, and the first can be reached (${where})`, async () => {
      await using shown = await openChat(MESSAGES, type, { viewport });
      const { page, service } = shown;

      await seen(line(shown, MESSAGES));
      await rejects(seen(line(shown, 1), { timeout: 1 }));
      await scroll(shown, -1);
      await seen(line(shown, 1));

      await page.reload();
      await seen(line(shown, MESSAGES));
      await seen(line(shown, MESSAGES));
      service.write("message 61");
      await seen(line(shown, 61));
      service.say({ mt: "ChatTyping", typing: true });
      await seen(page.getByText("Ada Lovelace is typing"));
    });
  }
}

Deno.test("a visitor who has scrolled up stays there, marks nothing as read, and can return", async () => {
  await using shown = await openChat(30, "sidebar");
  const { page, service } = shown;
  const reads = () =>
    service.heard.flatMap((each) => each.mt === "ChatRead" ? [each.seq] : []);
  while (reads().at(-1) !== 30) {
    await service.once("ChatRead", reads().length + 1);
  }
  await scroll(shown, -1);
  await seen(line(shown, 1));

  service.write("message 31");
  const news = page.getByRole("button", { name: "New messages" });
  await seen(news);
  await seen(line(shown, 1));
  const before = reads().at(-1);
  await press(news);
  await seen(line(shown, 31));
  await gone(news);
  while (reads().at(-1) === before) {
    await service.once("ChatRead", reads().length + 1);
  }

  equal(before, 30);
  equal(reads().at(-1), 31);
});

Deno.test("sending a message scrolls to the end", async () => {
  await using shown = await openChat(30, "cardset");
  const { page } = shown;
  await scroll(shown, -1);
  await seen(line(shown, 1));

  await enter(page.getByRole("textbox", { name: "Message" }), "message 31");
  await page.keyboard.press("Enter");

  await seen(line(shown, 31));
});

Deno.test("only messages in view are marked as read, and none in a hidden tab", async () => {
  await using shown = await openChat(1, "sidebar");
  const { page, service } = shown;
  const hide = (hidden: boolean) =>
    page.evaluate((hidden) => {
      Object.defineProperty(document, "hidden", {
        value: hidden,
        configurable: true,
      });
      document.dispatchEvent(new Event("visibilitychange"));
    }, hidden);
  await hide(true);

  service.write("message 2");
  await seen(line(shown, 2));
  const unread = service.heard.filter(({ mt }) => mt === "ChatRead").length;
  await hide(false);
  const read = await service.once("ChatRead");

  equal(unread, 0);
  equal(read.seq, 2);
});

Deno.test("unread counts survive a reload, and repeated messages make no sound", async () => {
  await using shown = await openChat(3, "sidebar");
  const { page, service } = shown;
  await service.once("ChatRead");
  await watchUnread(shown);
  await page.reload();
  await seen(line(shown, 3));
  await press(page.getByRole("button", { name: "Close" }));
  service.write("message 4");
  const one = page.getByRole("button", { name: "Unread messages: 1" });
  await seen(one);
  const sounds = await page.evaluate<number>("sounds()");
  const first = await page.evaluate<number[]>("unread");

  await page.reload();
  await seen(one);
  const again = await page.evaluate<number[]>("unread");
  const soundsAgain = await page.evaluate<number>("sounds()");
  service.write("message 5");
  const two = page.getByRole("button", { name: "Unread messages: 2" });
  await seen(two);
  const unpressed = await page.evaluate<number>("sounds()");
  await press(two);
  await seen(line(shown, 5));
  service.write("message 6");
  await seen(line(shown, 6));
  await page.waitForFunction("unread.length === 3");

  deepEqual([first, sounds], [[1], 1]);
  deepEqual([again, soundsAgain], [[1], 0], "message 4 was heard before");
  equal(unpressed, 0, "no sound before a gesture");
  deepEqual(await page.evaluate("unread"), [1, 2, 0]);
});

Deno.test("the text field grows with its text and shrinks to one line after sending", async () => {
  await using shown = await openChat(1, "cardset", { viewport: PHONE });
  const { page } = shown;
  const field = page.getByRole("textbox", { name: "Message" });
  // Of the layout: the panel that unfolds is drawn a little smaller.
  const one = await field.evaluate((field) =>
    (field as HTMLElement).offsetHeight
  );
  const becomes = (least: number, most: number) =>
    field.evaluate((field, [least, most]) =>
      new Promise<void>((done) => {
        const watcher = new ResizeObserver(() => {
          const { offsetHeight } = field as HTMLElement;
          const [from = NaN, to = NaN] = [least, most];
          if (offsetHeight < from || offsetHeight > to) return;
          watcher.disconnect();
          done();
        });
        watcher.observe(field);
      }), [least, most]);

  await enter(field, "message 2\ntwo\nthree");
  await becomes(2.1 * one, Infinity);
  await field.press("Enter");
  await seen(line(shown, 2));
  await becomes(one, one);
});

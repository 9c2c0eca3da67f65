import { deepEqual, equal } from "node:assert/strict";
import { en } from "@/lib/i18n/desk/en.ts";
import { DeskBrowser } from "@/tests/support/desk_browser.ts";
import { DeskRoom, turn } from "@/tests/support/desk_room.ts";
import { LossyDesk } from "@/tests/support/lossy_desk.ts";
import { BackgroundDesk, urgencyOf } from "./background_desk.ts";
import type { DeskDeps } from "./desk.ts";

/** An agent's page that is not the desk, in a browser. */
async function open() {
  const browser = new DeskBrowser("granted");
  document.title = "People";
  const room = await DeskRoom.open();
  const went: string[] = [];
  let page: LossyDesk | undefined;
  const background = new BackgroundDesk({ ...en, title: "People" }, {
    deps(notice): DeskDeps {
      page = new LossyDesk(room, { media: { notice } });
      return page.deps;
    },
    notifier: browser.notifierDeps(),
    goTo: (href) => went.push(href),
  });
  const end = background.start();
  browser.press();
  const settle = async () => {
    for (let n = 0; n < 6; n++) {
      await page?.deliver();
      await turn();
    }
  };
  await settle();
  return {
    ...{ browser, room, went, settle, end },
    urgency: () => urgencyOf(background.desk.state.value),
    async [Symbol.asyncDispose]() {
      end();
      await room[Symbol.asyncDispose]();
      browser[Symbol.dispose]();
    },
  };
}

Deno.test("[D42] a page that is not the desk keeps the agent reachable and rings, and a pressed notification leads to the desk", async () => {
  await using page = await open();
  const { browser, room } = page;
  const presences = room.presences();
  browser.look(false);

  const chat = await room.openChat("hello");
  await page.settle();
  await browser.until(() => browser.shown.length === 1);
  const during = [browser.sounding, browser.title, browser.shown[0]?.text];
  const urgency = page.urgency();
  browser.shown[0]?.press();
  chat.leg?.send({ type: "close", cause: 16 });
  await page.settle();

  deepEqual(presences, ["online"]);
  deepEqual(during, [1, "(1) People", "Ada wants to chat: Prices"]);
  deepEqual(urgency, { is: "waiting", count: 1, contact: chat.id });
  deepEqual(chat.heard[0], { type: "alerting" });
  deepEqual(page.went, [`/desk#${chat.id}`]);
  equal(browser.sounding, 0);
});

Deno.test("a message in a running chat alerts the agent on other pages, unless another page shows it", async () => {
  await using page = await open();
  const { browser, room } = page;
  const desk = room.page().connect();
  const chat = await room.openChat("hello");
  desk.say({ type: "chat-join", chat: chat.id });
  desk.say({ type: "chat-read", chat: chat.id, seq: 1 });
  await page.settle();
  const running = page.urgency();
  const before = browser.started;

  chat.say("and", room.clock.wall());
  await page.settle();
  desk.say({ type: "chat-read", chat: chat.id, seq: 2 });
  await page.settle();
  room.clock.advance(1_000);
  const whileShown = browser.started - before;
  chat.say("are you there?", room.clock.wall());
  await page.settle();
  const unread = page.urgency();
  room.clock.advance(1_000);

  deepEqual(running, { is: "running", count: 1 });
  deepEqual(unread, { is: "unread", count: 1, contact: chat.id });
  deepEqual([whileShown, browser.started - before], [0, 1]);
});

Deno.test("closing the last page takes the agent offline", async () => {
  await using page = await open();
  const presences = page.room.presences();

  dispatchEvent(new Event("pagehide"));
  await page.settle();

  deepEqual(presences, ["online", "offline"]);
});

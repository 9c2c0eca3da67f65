import { deepEqual, equal } from "node:assert/strict";
import { ok } from "@/lib/base/result.ts";
import { en } from "@/lib/i18n/desk/en.ts";
import type { DueCallback } from "@/lib/protocol/admin/callbacks.ts";
import { DeskBrowser } from "@/tests/support/desk_browser.ts";
import { DeskRoom, turn } from "@/tests/support/desk_room.ts";
import { dueCallback } from "@/tests/support/due_callback.ts";
import { LossyDesk } from "@/tests/support/lossy_desk.ts";
import { BackgroundDesk, urgencyOf } from "./background_desk.ts";
import type { DeskDeps } from "./desk.ts";
import { DeskCallbacks } from "./desk_callbacks.ts";
import { HiddenRings } from "./hidden_rings.ts";

/** An agent's page that is not the desk, in a browser. */
async function open() {
  const browser = new DeskBrowser("granted");
  document.title = "People";
  const room = await DeskRoom.open();
  const went: string[] = [];
  const due: DueCallback[] = [];
  const answer = () => Promise.resolve(ok({ callbacks: [...due] }));
  const client = { dueCallbacks: answer, actOnCallback: answer };
  const kept = new Map<string, string>();
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, text: string) => void kept.set(key, text),
  };
  let page: LossyDesk | undefined;
  const background = new BackgroundDesk({ ...en, title: "People" }, {
    deps(notice): DeskDeps {
      page = new LossyDesk(room, { media: { notice } });
      return page.deps;
    },
    notifier: browser.notifierDeps(),
    goTo: (href) => went.push(href),
    callbacks: () => new DeskCallbacks(client, new HiddenRings(() => storage)),
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
  const { desk } = background;
  return {
    ...{ browser, room, went, settle, end, storage },
    urgency: () => urgencyOf(desk.state.value, desk.callbackRings.value.length),
    /** Other callbacks are due for the agent now. */
    async callbacks(...callbacks: DueCallback[]) {
      due.splice(0, due.length, ...callbacks);
      room.hub.tell("callbacks-changed", { number: "7KQ4-2XHD" });
      await settle();
    },
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

Deno.test("[DUE8] a callback rings on a page that is not the desk until it is taken, and its notification leads to the desk", async () => {
  await using page = await open();
  const { browser } = page;
  browser.look(false);

  await page.callbacks(dueCallback("A"), dueCallback("B", { state: "taken" }));
  await browser.until(() => browser.shown.length === 1);
  const during = [browser.sounding, browser.title, browser.shown[0]?.text];
  const urgency = page.urgency();
  browser.shown[0]?.press();
  await page.settle();
  await page.callbacks(dueCallback("A", { state: "taken" }));

  deepEqual(during, [1, "(1) People", "Call back Jonas now: Shop"]);
  deepEqual(urgency, { is: "callbacks", count: 1 });
  deepEqual(page.went, ["/desk"]);
  deepEqual(page.urgency(), { is: "none" });
  deepEqual([browser.sounding, browser.shown.length], [0, 0]);
});

Deno.test("[DUE8] callbacks count with the contacts that wait, and the link leads to the first contact", async () => {
  await using page = await open();

  const chat = await page.room.openChat("hello");
  await page.callbacks(dueCallback("A"));

  deepEqual(page.urgency(), { is: "waiting", count: 2, contact: chat.id });
});

Deno.test("[DUE8] a ring that the agent hides on one page of the browser stops on the others", async () => {
  await using page = await open();
  await page.callbacks(dueCallback("A"), dueCallback("B"));
  const before = page.urgency();

  new HiddenRings(() => page.storage).hide(dueCallback("A").id);
  dispatchEvent(new Event("storage"));
  const after = page.urgency();
  await page.callbacks(dueCallback("A"), dueCallback("B"));

  deepEqual(before, { is: "callbacks", count: 2 });
  deepEqual([after, page.urgency()], [
    { is: "callbacks", count: 1 },
    { is: "callbacks", count: 1 },
  ]);
  equal(page.browser.sounding, 1);
});

Deno.test("closing the last page takes the agent offline", async () => {
  await using page = await open();
  const presences = page.room.presences();

  dispatchEvent(new Event("pagehide"));
  await page.settle();

  deepEqual(presences, ["online", "offline"]);
});

import { deepEqual, equal } from "node:assert/strict";
import { en } from "@/lib/i18n/desk/en.ts";
import { turn } from "@/tests/support/desk_room.ts";
import { DeskBrowser } from "@/tests/support/desk_browser.ts";
import { replaceMember } from "@/tests/support/replace_globals.ts";
import { Rung } from "@/tests/support/rung_desk.ts";
import { Alerts } from "./alerts.ts";
import { soleTab } from "./sole_tab.ts";

const isQuestion = ({ text }: { text: string }) => text.endsWith("there?");

/** A desk in a browser; the first press makes it heard. */
async function open(permission: NotificationPermission = "granted") {
  const browser = new DeskBrowser(permission);
  const rung = await Rung.open();
  rung.desk.dispatch({ type: "watch", watched: false });
  const alerts = new Alerts(rung.desk, en, browser.notifierDeps());
  const end = alerts.start();
  return {
    ...{ browser, rung, alerts, end },
    async [Symbol.asyncDispose]() {
      end();
      await rung[Symbol.asyncDispose]();
      browser[Symbol.dispose]();
    },
  };
}

Deno.test("a call rings from the first click on the page until it is answered", async () => {
  await using desk = await open();
  const { browser, rung, alerts } = desk;
  const silent = browser.sounding;

  browser.press();
  await browser.until(() => browser.sounding === 1);
  const unlocked = alerts.isUnlocked.value;
  await rung.take(false);

  deepEqual([silent, unlocked, browser.sounding], [0, true, 0]);
  equal(browser.ringsFor, "ever");
});

Deno.test("a tab that isn't allowed to play sound stays silent", async () => {
  await using desk = await open();
  desk.browser.isMuted = true;

  desk.browser.press();
  await desk.browser.until(() => desk.browser.asked === 1);

  equal(desk.alerts.isUnlocked.value, false);
  equal(desk.browser.sounding, 0);
});

Deno.test("a waiting visitor is announced by a notification, which closes when no visitor is waiting", async () => {
  await using desk = await open();
  const { browser, rung } = desk;
  await browser.until(() => browser.shown.length === 1);

  const before = browser.shown.map(({ text }) => text);
  await rung.take(false);

  deepEqual(before, ["Ada is calling with video: Prices"]);
  deepEqual(browser.shown, []);
});

Deno.test("clicking a notification opens its conversation in this tab", async () => {
  await using desk = await open();
  const { browser, rung } = desk;
  await browser.until(() => browser.shown.length === 1);
  rung.desk.dispatch({ type: "show", contact: null });

  browser.shown[0]?.press();

  equal(rung.desk.state.value.shown, rung.id);
  equal(browser.focused, 1);
  deepEqual(browser.shown, []);
});

Deno.test("the worker's notifications also open a conversation, and its other messages are ignored", async () => {
  await using desk = await open();
  const { browser, rung } = desk;
  rung.desk.dispatch({ type: "show", contact: null });

  for (const data of [null, "contact", {}, { contact: 1 }]) browser.tell(data);
  const before = rung.desk.state.value.shown;
  browser.tell({ contact: rung.id });

  deepEqual([before, rung.desk.state.value.shown], [null, rung.id]);
});

Deno.test("a visitor's message plays a sound and shows a notification, unless the agent is looking at the desk", async () => {
  await using desk = await open();
  const { browser, rung, alerts } = desk;
  const chat = await rung.room.openChat("hello");
  await rung.settle();
  await rung.take(false);
  browser.press();
  await browser.until(() => browser.sounding === 1);
  const { started } = browser;

  alerts.message(chat.id, "Are you there?");
  await browser.until(() => browser.shown.some(isQuestion));
  const texts = browser.shown.map(({ text }) => text);
  rung.desk.dispatch({ type: "watch", watched: true });
  alerts.message(chat.id, "Hello?");
  await turn();

  equal(texts.at(-1), "Ada: Are you there?");
  equal(browser.shown.length, texts.length);
  equal(browser.started - started, 2);
  equal(browser.ringsFor, "once");
});

Deno.test("a call rings but shows no notification if the agent has not allowed them", async () => {
  for (const permission of ["denied", "default"] as const) {
    await using desk = await open(permission);
    const { browser } = desk;

    browser.press();
    await browser.until(() => browser.sounding === 1);
    await turn();

    deepEqual(browser.shown, [], permission);
  }
});

Deno.test("the page knows whether it can show notifications, and asks for permission on request", async () => {
  const states = [];
  for (const permission of ["granted", "denied", "default"] as const) {
    await using desk = await open(permission);
    states.push(desk.alerts.notify.value);
    if (permission !== "default") continue;
    equal(desk.browser.shown.length, 0);
    desk.browser.answer = "granted";
    await desk.alerts.askToNotify();
    states.push(desk.alerts.notify.value);
  }

  deepEqual(states, ["on", "off", "ask", "on"]);
});

Deno.test("the ringtone can be tested, and a second click stops it", async () => {
  await using desk = await open();
  const { browser, rung, alerts } = desk;
  await rung.take(false);

  await alerts.test();
  const during = [alerts.isTesting.value, browser.sounding];
  await alerts.test();

  deepEqual(during, [true, 1]);
  deepEqual([alerts.isTesting.value, browser.sounding], [false, 0]);
});

Deno.test("the end of a first ringtone test doesn't cut the second one short", async () => {
  await using desk = await open();
  const { setTimeout, clearTimeout } = globalThis;
  const timers = new Map<number, () => void>();
  let count = 0;
  Object.assign(globalThis, {
    setTimeout: (run: () => void) => (timers.set(++count, run), count),
    clearTimeout: (timer: number) => timers.delete(timer),
  });
  try {
    await desk.rung.take(false);
    await desk.alerts.test();
    await desk.alerts.test();
    await desk.alerts.test();
  } finally {
    Object.assign(globalThis, { setTimeout, clearTimeout });
  }
  const [end, ...others] = timers.values();
  const before = desk.alerts.isTesting.value;
  end?.();

  deepEqual([before, others.length], [true, 0]);
  deepEqual([desk.alerts.isTesting.value, desk.browser.sounding], [false, 0]);
});

Deno.test("a desk that was left doesn't ring or count in the tab's title", async () => {
  await using desk = await open();
  const { browser } = desk;
  browser.press();
  await browser.until(() => browser.sounding === 1);
  const { title } = browser;

  desk.end();
  browser.press();

  equal(title, `(1) ${en.title}`);
  deepEqual([browser.title, browser.sounding], ["Desk", 0]);
});

Deno.test("a desk that was left lets another tab ring, however often the agent has pressed a key", async () => {
  const { locks } = navigator;
  await using desk = await open();
  const { browser } = desk;
  const restore = replaceMember(navigator, "locks", locks);
  const next = Promise.withResolvers<void>();

  browser.press();
  await browser.until(() => browser.sounding === 1);
  browser.press();
  await turn();
  desk.end();
  const endNext = soleTab("desk-sounds", (is) => is && next.resolve());
  await next.promise;
  endNext();
  restore();
});

import { deepEqual, equal } from "node:assert/strict";
import type { BrowserContext, CDPSession, Page } from "playwright-core";
import { findViolations } from "@/tests/support/axe.ts";
import {
  openChat,
  openDesk,
  presences,
  writeTo,
} from "@/tests/support/desk_scene.ts";
import { PushBrowser } from "@/tests/support/push_browser.ts";
import { press, seen } from "@/tests/support/seen.ts";

/** Runs in the page: subscribes without the vendor's push service, which a test
 * can't reach. */
function subscribeHere(keys: { p256dh: string; auth: string }): void {
  let subscription: unknown = null;
  PushManager.prototype.getSubscription = () =>
    Promise.resolve(subscription as PushSubscription | null);
  PushManager.prototype.subscribe = (options) => {
    const endpoint = `https://push.example.com/${keys.auth}`;
    subscription = {
      endpoint,
      options,
      toJSON: () => ({ endpoint, keys }),
      unsubscribe: () => Promise.resolve(Boolean(subscription = null)),
    };
    return Promise.resolve(subscription as PushSubscription);
  };
}

interface ShownNotification {
  title: string;
  body: string;
  tag: string;
}

/** Returns the notifications that the desk's worker shows. */
const notifications = (page: Page) =>
  page.evaluate<ShownNotification[]>(async () => {
    const worker = await navigator.serviceWorker.getRegistration("/desk");
    const shown = await worker?.getNotifications() ?? [];
    return shown.map(({ title, body, tag }) => ({ title, body, tag }));
  });

/** Resolves when the worker shows this number of notifications. */
async function notified(page: Page, count: number): Promise<void> {
  await page.evaluate(async (count) => {
    const worker = await navigator.serviceWorker.ready;
    while ((await worker.getNotifications()).length !== count) {
      await new Promise((again) => setTimeout(again, 20));
    }
  }, count);
}

/** Lets DevTools deliver pushes to the desk's worker. */
async function pusher(context: BrowserContext, page: Page) {
  const session: CDPSession = await context.newCDPSession(page);
  const { promise, resolve } = Promise.withResolvers<string>();
  session.on("ServiceWorker.workerRegistrationUpdated", (event) => {
    const found = event.registrations
      .find(({ scopeURL }) => scopeURL.endsWith("/desk"));
    if (found) resolve(found.registrationId);
  });
  await session.send("ServiceWorker.enable");
  const registrationId = await promise;
  return (content: unknown) =>
    session.send("ServiceWorker.deliverPushMessage", {
      origin: new URL(page.url()).origin,
      registrationId,
      data: JSON.stringify(content),
    });
}

/** Registers the worker, as the desk does for its first notification. */
async function register(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const options = { scope: "/desk" };
    await navigator.serviceWorker.register("/desk_worker.js", options);
    await navigator.serviceWorker.ready;
  });
}

/** Opens the desk's dialog for notifications. */
async function openDialog(page: Page) {
  const row = page.locator(".desk-alert", {
    hasText: "When the desk is closed",
  });
  await press(row.getByRole("button", { name: "Set up" }));
  const dialog = page.getByRole("dialog");
  await seen(dialog.getByText("This device", { exact: true }));
  return { row, dialog };
}

Deno.test("an agent turns notifications on and off, and stays online with the desk closed meanwhile", async () => {
  const open = await openDesk({ isStored: true });
  await using _ = open;
  const { context, service, errors } = open;
  await context.addInitScript(subscribeHere, new PushBrowser().keys);
  await open.page.reload();
  const { page } = open;
  await seen(page.getByText("All quiet"));

  const { row, dialog } = await openDialog(page);
  await press(dialog.getByRole("button", { name: "Turn on here" }));
  await seen(dialog.getByText("Turned on"));
  await seen(dialog.getByText("(this device)"));
  const problems = await findViolations(page);
  await page.goto(`${service.url}/account`);
  const other = await open.visitor();
  const closed = presences(other).at(-1);
  await page.goto(`${service.url}/desk`);
  await seen(row.getByText("This device notifies you."));
  await openDialog(page);
  await press(dialog.getByRole("button", { name: "Turn off" }));
  await seen(dialog.getByText("Turned off"));
  await seen(dialog.getByText("You have no devices yet."));
  await page.goto(`${service.url}/account`);
  await other.heard.until((m) => m.mt === "Info" && m.presence === "offline");

  equal(closed, "online");
  deepEqual(problems, []);
  deepEqual(errors, []);
});

Deno.test("a push is shown without a name or a text, once for each visitor, and closes when the visitor no longer waits", async () => {
  const open = await openDesk({ isStored: true });
  await using _ = open;
  const { page, context, errors } = open;
  await register(page);
  const push = await pusher(context, page);

  await push({ type: "ring", contact: "c1", kind: "call", lang: "en" });
  await push({ type: "ring", contact: "c1", kind: "call", lang: "en" });
  await push({ type: "ring", contact: "c2", kind: "chat", lang: "de" });
  await push({ type: "ring", contact: "c3", kind: "callback", lang: "en" });
  await notified(page, 3);
  const shown = await notifications(page);
  await push({ type: "over", contact: "c1" });
  await push({ type: "over", contact: "c3" });
  await notified(page, 1);
  await push({ type: "over", contact: "c2" });
  await notified(page, 0);
  await push({ type: "unknown" });
  await push({ type: "test", lang: "en" });
  await notified(page, 1);

  deepEqual(shown.sort((a, b) => a.tag < b.tag ? -1 : 1), [
    {
      title: "A visitor is calling",
      body: "Open the desk to answer.",
      tag: "c1",
    },
    {
      title: "Ein Besucher möchte chatten",
      body: "Öffnen Sie den Arbeitsplatz, um zu antworten.",
      tag: "c2",
    },
    {
      title: "A visitor is waiting for your call",
      body: "Open the desk to answer.",
      tag: "c3",
    },
  ]);
  deepEqual(errors, []);
});

Deno.test("an agent in another window is notified by the desk's worker, once for a visitor", async () => {
  const open = await openDesk({ isStored: true });
  await using _ = open;
  const { page, errors } = open;
  await page.evaluate(() => {
    document.hasFocus = () => false;
    dispatchEvent(new Event("blur"));
  });

  const visitor = await open.visitor();
  openChat(visitor);
  await notified(page, 1);
  const shown = await notifications(page);
  await press(page.getByRole("button", { name: "Join chat" }));
  await notified(page, 0);

  deepEqual(shown.map(({ title }) => title), ["Ada wants to chat"]);
  deepEqual(errors, []);
});

Deno.test("pressing a notification shows its visitor, in the open desk and in a new one", async () => {
  const open = await openDesk({ isStored: true });
  await using _ = open;
  const { page, context, service, errors } = open;
  const first = await open.visitor();
  openChat(first);
  writeTo(first, "1", "Hello");
  await seen(page.locator(".desk-ring").getByText("Ada"));
  const id = await page.locator(".desk-item").first()
    .evaluate((row) => row.id.replace("desk-item-", ""));
  await register(page);
  const conversation = page.locator('.desk[data-view="conversation"]');
  const before = await conversation.count();

  const worker = context.serviceWorkers()[0] ??
    await context.waitForEvent("serviceworker");
  await worker.evaluate(pressNotification, id);
  await seen(conversation);
  await page.goto(`${service.url}/account`);
  await page.goto(`${service.url}/desk#${id}`);
  await seen(conversation);
  const address = new URL(page.url());

  equal(before, 0);
  equal(address.pathname + address.hash, "/desk");
  deepEqual(errors, []);
});

/** Runs in the worker: DevTools can't press a notification, so the worker gets
 * the event from itself. It may not focus the page then. */
async function pressNotification(contact: string): Promise<void> {
  const { registration } = self as unknown as {
    registration: ServiceWorkerRegistration;
  };
  await registration.showNotification("A visitor wants to chat", {
    tag: contact,
    data: { contact },
  });
  const [notification] = await registration.getNotifications();
  const PressEvent = (globalThis as unknown as {
    NotificationEvent: new (type: string, init: object) => Event;
  }).NotificationEvent;
  const event = new PressEvent("notificationclick", { notification });
  const work: Promise<unknown>[] = [];
  const waitUntil = (one: Promise<unknown>) => work.push(one);
  self.dispatchEvent(Object.assign(event, { waitUntil }));
  await Promise.allSettled(work);
}

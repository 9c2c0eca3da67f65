import { deepEqual, equal, rejects } from "node:assert/strict";
import { turn } from "@/tests/support/desk_room.ts";
import { replaceMember } from "@/tests/support/replace_globals.ts";
import { browserNotifier, Notifier, type NotifierDeps } from "./notifier.ts";

const NOTICE = { contact: "chat-1", title: "Ada", body: "Hello" };

type Worker = Awaited<ReturnType<NotifierDeps["register"]>>;

/** A browser of one kind, and all that happened in it. */
function browser(kind: "page" | "worker" | "neither") {
  const log: string[] = [];
  const clicks: (() => void)[] = [];
  const tags = new Set<string>();
  const appearing = { now: Promise.resolve() };
  const worker = {
    async showNotification(title: string, options?: NotificationOptions) {
      await appearing.now;
      tags.add(options?.tag ?? "");
      const contact = JSON.stringify(options?.data);
      log.push(`worker: ${title}, ${options?.body}, ${contact}`);
    },
    getNotifications: ({ tag = "" } = {}) =>
      Promise.resolve(
        tags.has(tag) ? [{ close: () => log.push(`closed ${tag}`) }] : [],
      ),
  };
  const deps: NotifierDeps = {
    create(title, { body, tag }) {
      if (kind !== "page") throw new TypeError("Illegal constructor");
      log.push(`page: ${title}, ${body}`);
      const shown = {
        onclick: null as ((event: Event) => unknown) | null,
        close: () => log.push(`closed ${tag}`),
      };
      clicks.push(() => shown.onclick?.(new Event("click")));
      return shown;
    },
    register() {
      log.push("registered");
      return kind === "worker"
        ? Promise.resolve(worker as unknown as Worker)
        : Promise.reject(new Error("No worker"));
    },
  };
  const notifier = new Notifier(deps, {
    onClick: (contact) => log.push(`opened ${contact}`),
    onFailed: () => log.push("failed"),
  });
  return { notifier, log, appearing, click: () => clicks[0]?.() };
}

Deno.test("Notifier shows a notification from the page if there is no worker, and a click opens its conversation", async () => {
  const { notifier, log, click } = browser("page");

  notifier.show(NOTICE);
  await turn();
  click();

  deepEqual(log, [
    ...["registered", "page: Ada, Hello", "closed chat-1", "opened chat-1"],
  ]);
});

Deno.test("Notifier closes a notification of the page", async () => {
  const { notifier, log } = browser("page");

  const shown = notifier.show(NOTICE);
  await turn();
  shown.close();

  equal(log.at(-1), "closed chat-1");
});

Deno.test("Notifier shows all notifications by the service worker, which it registers once", async () => {
  const { notifier, log } = browser("worker");

  const shown = notifier.show(NOTICE);
  await turn();
  notifier.show({ ...NOTICE, contact: "chat-2", body: "Again" });
  await turn();
  shown.close();
  await turn();

  deepEqual(log, [
    "registered",
    'worker: Ada, Hello, {"contact":"chat-1"}',
    'worker: Ada, Again, {"contact":"chat-2"}',
    "closed chat-1",
  ]);
});

Deno.test("Notifier doesn't show a notification that was closed before the worker was ready", async () => {
  const { notifier, log } = browser("worker");

  notifier.show(NOTICE).close();
  await turn();

  deepEqual(log, ["registered"]);
});

Deno.test("Notifier closes a notification that was closed while the worker was showing it", async () => {
  const { notifier, log, appearing } = browser("worker");
  const appears = Promise.withResolvers<void>();
  appearing.now = appears.promise;

  const shown = notifier.show(NOTICE);
  await turn();
  shown.close();
  await turn();
  appears.resolve();
  await turn();

  deepEqual(log, [
    "registered",
    'worker: Ada, Hello, {"contact":"chat-1"}',
    "closed chat-1",
  ]);
});

Deno.test("Notifier reports that neither the page nor a worker can show notifications", async () => {
  const { notifier, log } = browser("neither");

  const shown = notifier.show(NOTICE);
  await turn();
  shown.close();
  await turn();

  equal(log.at(-1), "failed");
});

Deno.test("the desk's worker is registered for the desk's pages only, and used once it is active, also on other pages", async () => {
  const asked: unknown[] = [];
  const installing = Object.assign(new EventTarget(), { state: "installing" });
  const registration = { installing, waiting: null, active: null };
  const restore = replaceMember(navigator, "serviceWorker", {
    register(...args: unknown[]) {
      asked.push(args);
      return Promise.resolve(registration);
    },
    ready: new Promise(() => {}), // As on a page that is not at the desk.
  });

  let ready: unknown;
  const registered = browserNotifier.register().then((one) => ready = one);
  await turn();
  installing.dispatchEvent(new Event("statechange"));
  await turn();
  const before = ready;
  installing.state = "activated";
  installing.dispatchEvent(new Event("statechange"));
  await registered;
  restore();

  deepEqual(asked, [
    ["/desk_worker.js", { scope: "/desk", updateViaCache: "none" }],
  ]);
  equal(before, undefined);
  equal(ready, registration);
});

Deno.test("an insecure page has no worker", async () => {
  const restore = replaceMember(navigator, "serviceWorker", undefined);
  try {
    await rejects(browserNotifier.register());
  } finally {
    restore();
  }
});

import { deepEqual, equal } from "node:assert/strict";
import { signal } from "@preact/signals";
import { en } from "@/lib/i18n/desk/en.ts";
import type { DeskWidget } from "@/lib/protocol/admin/desk_state.ts";
import { DeskBrowser } from "@/tests/support/desk_browser.ts";
import { DeskRoom, turn } from "@/tests/support/desk_room.ts";
import { LossyDesk } from "@/tests/support/lossy_desk.ts";
import { replaceGlobals } from "@/tests/support/replace_globals.ts";
import { Alerts } from "./alerts.ts";
import { Installer } from "./installer.ts";
import { DeskCallbacks } from "./desk_callbacks.ts";
import { CallbackClient } from "@/lib/protocol/admin/callbacks.ts";
import { SavedReplyClient } from "@/lib/protocol/admin/saved_replies.ts";
import { DeskReplies } from "./desk_replies.ts";
import { PushDevices } from "./push_devices.ts";
import { runDesk } from "./run_desk.ts";
import { itemId } from "./view/item_id.ts";

/** A desk that runs in a browser. */
async function open({ hash = "", ...given }: {
  browser?: DeskBrowser;
  room?: DeskRoom;
  /** The part of the address that a notification adds. */
  hash?: string;
} = {}) {
  const { browser = new DeskBrowser("denied") } = given;
  const { room = await DeskRoom.open() } = given;
  Object.assign(location, { hash });
  const page = new LossyDesk(room);
  const { desk } = page;
  const now = signal(0);
  const widgets = signal<readonly DeskWidget[]>([]);
  const alerts = new Alerts(desk, en, browser.notifierDeps());
  const end = runDesk({
    ...{ desk, alerts, now, widgets, installer: new Installer() },
    push: new PushDevices("otto"),
    callbacks: new DeskCallbacks(new CallbackClient()),
    replies: new DeskReplies(new SavedReplyClient()),
    ...{ texts: en, lang: "en", isAdmin: false },
  });
  await page.deliver();
  return {
    ...{ browser, room, page, now, widgets, end },
    state: () => desk.connection.value.state,
    async [Symbol.asyncDispose]() {
      end();
      await room[Symbol.asyncDispose]();
      browser[Symbol.dispose]();
    },
  };
}

Deno.test("a desk connects while its page is open and learns the service's clock", async () => {
  await using run = await open();

  const during = run.state();
  run.end();

  deepEqual([during, run.state()], ["open", "stopped"]);
  equal(run.now.value, run.room.clock.now());
});

Deno.test("a desk reconnects immediately when the network returns", async () => {
  await using run = await open();
  run.page.isUp = false;
  run.page.cut();
  for (let n = 0; n < 8; n++) { // The waits have become long.
    run.room.clock.advance(30_000);
    await run.page.deliver();
  }
  run.page.isUp = true;
  const before = run.state();

  dispatchEvent(new Event("online"));
  await run.page.deliver();

  equal(before === "open", false);
  equal(run.state(), "open");
});

Deno.test("leaving the page sends a goodbye, and returning to it reconnects", async () => {
  await using run = await open();

  dispatchEvent(new Event("pagehide"));
  const left = run.state();
  const shown = (persisted: boolean) =>
    dispatchEvent(Object.assign(new Event("pageshow"), { persisted }));
  shown(false);
  const loaded = run.state();
  shown(true);
  await run.page.deliver();

  deepEqual([left, loaded, run.state()], ["stopped", "stopped", "open"]);
});

Deno.test("[D32] the desk's widgets follow an admin's changes, additions and deletions", async () => {
  await using run = await open();
  using service = new StateService();
  const save = async (...names: string[]) => {
    service.widgets = names.map((name) => ({ uuid: name, name }));
    run.room.hub.tell("widget-saved", { uuid: "0".repeat(32) });
    await run.page.deliver();
    await service.answered();
    return run.widgets.value.map(({ name }) => name);
  };

  const added = await save("Shop");
  const removed = await save();

  deepEqual([added, removed], [["Shop"], []]);
});

Deno.test("[D32] a desk requests its widgets after its first welcome", async () => {
  using service = new StateService();
  service.widgets = [{ uuid: "1", name: "Shop" }];
  await using run = await open();

  await service.answered();

  deepEqual(run.widgets.value.map(({ name }) => name), ["Shop"]);
});

Deno.test("[D32] a desk requests its widgets after a lost connection, but not after it has ended", async () => {
  await using run = await open();
  using service = new StateService();
  service.widgets = [{ uuid: "1", name: "Shop" }];

  run.page.cut();
  await service.answered();
  dispatchEvent(new Event("online"));
  await run.page.deliver();
  await service.answered();
  run.end();
  service.widgets = [];
  run.room.hub.tell("widget-saved", { uuid: "0".repeat(32) });
  await run.page.deliver();
  await service.answered();

  deepEqual(run.widgets.value.map(({ name }) => name), ["Shop"]);
  equal(service.asked, 1);
});

Deno.test("[D32] a late answer doesn't replace a newer one", async () => {
  await using run = await open();
  using service = new StateService();
  const late = service.hold();
  run.room.hub.tell("widget-saved", { uuid: "0".repeat(32) });
  await run.page.deliver();
  service.widgets = [{ uuid: "1", name: "Shop" }];
  run.room.hub.tell("widget-saved", { uuid: "0".repeat(32) });
  await run.page.deliver();
  await service.answered();

  late.resolve();
  await service.answered();

  deepEqual(run.widgets.value.map(({ name }) => name), ["Shop"]);
});

Deno.test("the desk knows whether the agent can see it", async () => {
  await using run = await open();
  const seen = () => run.page.desk.state.value.watched;

  const before = seen();
  run.browser.look(false);
  const hidden = seen();
  run.browser.look(true);

  deepEqual([before, hidden, seen()], [true, false, true]);
});

Deno.test("the desk's times are right to the second", async () => {
  const timers = new Map<number, { run: () => void; ms: number }>();
  using _timers = replaceGlobals({
    setInterval: (run: () => void, ms: number) => {
      timers.set(timers.size + 1, { run, ms });
      return timers.size;
    },
    clearInterval: (id: number) => timers.delete(id),
  });
  await using run = await open();
  const [timer] = timers.values();

  run.room.clock.advance(1_000);
  timer?.run();
  const after = run.now.value;
  run.end();

  equal(timer?.ms, 1_000);
  equal(after, run.room.clock.now());
  equal(timers.size, 0);
});

Deno.test("a missed call in the list counts until the agent is at the page, and its row isn't covered", async () => {
  await using run = await open();
  const { desk } = run.page;
  const { id, leg } = await run.room.dial();
  await run.page.deliver();
  leg.send({ type: "hang-up", cause: 16 });
  await run.page.deliver();
  const box = { x: 10, y: 100, width: 200, height: 40 };
  const row = {
    getBoundingClientRect: () => box,
    contains: (element: unknown) => element === row,
  };
  let isCovered = true;
  const asked: unknown[] = [];
  Object.assign(document, {
    getElementById: (name: string) => name === itemId(id) ? row : null,
    elementFromPoint: (...point: number[]) => {
      asked.push(point);
      return isCovered ? {} : row;
    },
  });
  const unseen = () => desk.state.value.unseen.length;

  const counts = [unseen()];
  run.browser.press();
  counts.push(unseen());
  isCovered = false;
  Object.assign(box, { width: 0 }); // Another view is shown.
  run.browser.press();
  counts.push(unseen());
  Object.assign(box, { width: 200 });
  run.browser.look(false);
  counts.push(unseen());
  run.browser.look(true);
  counts.push(unseen());

  deepEqual(counts, [1, 1, 1, 1, 0]);
  deepEqual(asked, [[110, 120], [110, 120]]);
});

/** Answers the page's requests for its own widgets. */
class StateService implements Disposable {
  widgets: DeskWidget[] = [];
  asked = 0;
  #held: PromiseWithResolvers<void> | undefined;
  readonly #fetch = globalThis.fetch;

  constructor() {
    globalThis.fetch = async (input) => {
      if (!String(input).startsWith("/desk/state")) return Response.error();
      this.asked++;
      const body = { presence: "online", waiting: 0, widgets: this.widgets };
      const held = this.#held?.promise;
      this.#held = undefined;
      await held;
      return Response.json(body);
    };
  }

  /** Holds the answer to the next request until it resolves. */
  hold(): PromiseWithResolvers<void> {
    return this.#held = Promise.withResolvers();
  }

  /** Resolves after the page has read all answers that are not held. */
  async answered(): Promise<void> {
    for (let n = 0; n < 20; n++) await turn();
  }

  [Symbol.dispose](): void {
    globalThis.fetch = this.#fetch;
  }
}

Deno.test("a desk that a notification has opened shows its conversation once it has it, and not after a reload", async () => {
  const browser = new DeskBrowser("denied");
  const room = await DeskRoom.open();
  room.page().connect();
  const chat = await room.openChat("hello");
  await using run = await open({ browser, room, hash: `#${chat.id}` });
  await run.page.deliver();

  const shown = run.page.desk.state.value.shown;

  equal(shown, chat.id);
  equal(location.hash, "");
});

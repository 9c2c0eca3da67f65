import { deepEqual, equal, ok } from "node:assert/strict";
import { Hub } from "@/lib/base/hub.ts";
import type { Callback } from "@/lib/model/callback.ts";
import type { Topics } from "@/lib/model/topics.ts";
import { newContent, type WidgetContent } from "@/lib/model/widget.ts";
import type { Store } from "@/lib/store/open.ts";
import { openEngine } from "@/lib/store/open_engine.ts";
import type { FakeClock } from "@/tests/support/fake_clock.ts";
import { logInto } from "@/tests/support/log_into.ts";
import { everyDay } from "@/tests/support/opening_hours.ts";
import { memoryStore } from "@/tests/support/temporary_store.ts";
import type { CallbackCounted } from "./outcome.ts";
import { CallbackRinger, LOOK_MS } from "./ringer.ts";

const WIDGET = "1".repeat(32);
const MINUTE_MS = 60_000;
const by = { id: "", name: "" };

/** A store with one callback, and a ringer per instance. */
async function office(
  callback: Callback,
  { content = {}, instances = 1 }: {
    content?: Partial<WidgetContent>;
    instances?: number;
  } = {},
) {
  const kv = await openEngine(":memory:");
  const store = await memoryStore(undefined, kv);
  const { clock } = store;
  const shop = { ...newContent("Shop", "en"), ...content };
  await store.widgets.create("sidebar", shop, WIDGET, by);
  const number = await ask(store, callback);
  const told: string[] = [];
  const counted: CallbackCounted[] = [];
  const ringers = Array.from(
    { length: instances },
    () => ringerOf(store, { told, counted }),
  );
  return {
    ...{ kv, store, told, counted },
    async call() {
      return (await store.inquiries.get(number))?.value.callback?.call;
    },
    /** Lets time pass, look by look. */
    async pass(ms: number) {
      for (let waited = 0; waited < ms; waited += LOOK_MS) {
        clock.advance(LOOK_MS);
        await Promise.all(ringers.map(({ settled }) => settled()));
      }
    },
    [Symbol.dispose]() {
      for (const { ringer } of ringers) ringer[Symbol.dispose]();
      store[Symbol.dispose]();
    },
  };
}

/** Stores a callback, and returns its number. */
async function ask(
  store: Store,
  callback: Callback,
  { id = "m1", widget = WIDGET } = {},
) {
  const made = await store.inquiries.create({
    ...{ id, widget, address: "", name: "Jonas", lang: "en" },
    ...{ reply: "+49 7031 73009", text: "Please call", callback },
  });
  ok(made.ok);
  return made.value.inquiry.number;
}

function ringerOf(
  store: Store & { clock: FakeClock },
  { told, counted }: { told: string[]; counted: CallbackCounted[] },
) {
  const { inquiries, widgets, tasks, clock } = store;
  const hub = new Hub<Topics>();
  hub.on("callbacks-changed", ({ number }) => told.push(number));
  let running: Promise<unknown> = Promise.resolve();
  const ringer = new CallbackRinger({
    store: {
      ...{ inquiries, widgets },
      tasks: {
        run(...task) {
          const run = tasks.run(...task);
          running = run;
          return run;
        },
      },
    },
    ...{ hub, clock },
    happened: (what) => counted.push(what),
  });
  return { ringer, settled: () => running };
}

Deno.test("[DUE1] [DUE3] a callback that nobody takes rings three times, and is an open message then", async () => {
  const from = Date.UTC(2030, 0, 1) + 2 * MINUTE_MS;
  using box = await office({ from });

  await box.pass(2 * MINUTE_MS - LOOK_MS);
  const early = [await box.call(), ...box.told];
  await box.pass(LOOK_MS);
  const first = await box.call();
  await box.pass(MINUTE_MS);
  const missed = await box.call();
  await box.pass(60 * MINUTE_MS);

  deepEqual(early, [undefined]);
  equal(first?.state, "ringing");
  equal(missed?.state, "waiting");
  deepEqual(await box.call(), { state: "over", tries: 3 });
  equal(box.told.length, 6);
  deepEqual(box.counted, [
    { type: "callback", outcome: "over", widget: WIDGET },
  ]);
  const open = box.store.inquiries.newest({ isOpen: true });
  equal((await Array.fromAsync(open)).length, 1);
  deepEqual(await Array.fromAsync(box.store.inquiries.due(Infinity)), []);
});

Deno.test("[DUE4] a callback that is due outside opening hours rings when they begin", async () => {
  using box = await office({ from: Date.UTC(2030, 0, 1) }, {
    content: { hours: everyDay("UTC", "00:30-11:00") },
  });

  await box.pass(10 * MINUTE_MS);
  const closed = await box.call();
  await box.pass(20 * MINUTE_MS);

  deepEqual(closed, {
    state: "waiting",
    at: Date.UTC(2030, 0, 1, 0, 30),
    tries: 0,
  });
  equal((await box.call())?.state, "ringing");
});

Deno.test("[DUE6] of several instances, one lets a callback ring", async () => {
  using box = await office({ from: Date.UTC(2030, 0, 1) }, { instances: 3 });

  await box.pass(LOOK_MS);

  equal((await box.call())?.state, "ringing");
  equal(box.told.length, 1);
});

Deno.test("[DUE1] a callback of a deleted widget rings, too, and a late one still does", async () => {
  using box = await office({ from: Date.UTC(2029, 0, 1) });
  const widget = await box.store.widgets.get(WIDGET);
  ok(widget);
  await box.store.widgets.delete(WIDGET, by);

  await box.pass(LOOK_MS);

  equal((await box.call())?.state, "ringing");
});

Deno.test("[DUE5] a callback that is done is found no more", async () => {
  using box = await office({ from: Date.UTC(2030, 0, 1) });
  await box.pass(LOOK_MS);
  const [stored] = await Array.fromAsync(box.store.inquiries.newest());
  ok(stored);

  const { value: { number }, revision } = stored;
  await box.store.inquiries.change(number, revision, { state: "done" });
  await box.pass(60 * MINUTE_MS);

  equal((await box.call())?.state, "ringing");
  equal(box.told.length, 1);
  deepEqual(await Array.fromAsync(box.store.inquiries.due(Infinity)), []);
});

Deno.test("[DUE3] a taken callback that its agent forgets rings for everybody again", async () => {
  using box = await office({ from: Date.UTC(2030, 0, 1) });
  const { inquiries, clock } = box.store;
  await box.pass(LOOK_MS);
  const [stored] = await Array.fromAsync(inquiries.newest());
  ok(stored?.value.callback);
  const { value: { number, callback }, revision } = stored;
  const at = clock.wall();
  await inquiries.change(number, revision, {
    callback: { ...callback, call: { state: "taken", at, tries: 0 } },
    assignee: { id: "a", name: "ada" },
  });

  await box.pass(60 * MINUTE_MS - LOOK_MS);
  const before = await box.call();
  await box.pass(LOOK_MS);
  const after = await inquiries.get(number);
  await box.pass(10 * MINUTE_MS);

  equal(before?.state, "taken");
  equal(after?.value.callback?.call?.state, "waiting");
  equal(after?.value.assignee, undefined);
  equal((await box.call())?.state, "ringing");
  equal(box.told.length, 3);
});

Deno.test("[DUE1] a callback rings however many others agents have taken", async () => {
  using box = await office({ from: Date.UTC(2030, 0, 1) });
  const from = Date.UTC(2029, 11, 31, 23, 59);
  const call = { state: "taken", at: from, tries: 0 } as const;
  for (let n = 0; n < 500; n++) {
    await ask(box.store, { from, call }, { id: `taken${n}` });
  }

  await box.pass(LOOK_MS);

  equal((await box.call())?.state, "ringing");
});

Deno.test("[DUE1] a callback of an unreadable widget does not stop the others, and is logged once", async () => {
  const lines: string[] = [];
  using _log = await logInto(lines);
  using box = await office({ from: Date.UTC(2030, 0, 1) });
  const { kv, store: { widgets } } = box;
  const broken = "2".repeat(32);
  await widgets.create("sidebar", newContent("Old", "en"), broken, by);
  await kv.set(["widget", broken, 0], "broken");
  const from = Date.UTC(2029, 11, 31);
  const number = await ask(box.store, { from }, { widget: broken });

  await box.pass(3 * LOOK_MS);

  equal((await box.call())?.state, "ringing");
  const stored = await box.store.inquiries.get(number);
  equal(stored?.value.callback?.call, undefined);
  equal(lines.filter((line) => line.includes("cannot ring")).length, 1);
});

Deno.test("[DUE4] hours in an unknown time zone limit nothing", async () => {
  using box = await office({ from: Date.UTC(2030, 0, 1) }, {
    content: { hours: everyDay("Mars/Olympus", "09:00-10:00") },
  });

  await box.pass(LOOK_MS);

  equal((await box.call())?.state, "ringing");
});

Deno.test("[DUE4] a callback whose hours never open does not ring, and is looked at again a day later", async () => {
  const from = Date.UTC(2030, 0, 1);
  using box = await office({ from }, { content: { hours: everyDay("UTC") } });

  await box.pass(2 * LOOK_MS);

  deepEqual(await box.call(), {
    state: "waiting",
    at: from + LOOK_MS + 24 * 60 * MINUTE_MS,
    tries: 0,
  });
});

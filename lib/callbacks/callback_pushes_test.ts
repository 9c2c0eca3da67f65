import { deepEqual, equal, match, ok } from "node:assert/strict";
import { Hub } from "@/lib/base/hub.ts";
import type { CallbackState } from "@/lib/model/callback.ts";
import type { Topics } from "@/lib/model/topics.ts";
import { newContent } from "@/lib/model/widget.ts";
import { anAgent } from "@/tests/support/any_widget.ts";
import { logInto } from "@/tests/support/log_into.ts";
import { memoryStore } from "@/tests/support/temporary_store.ts";
import { CallbackPushes, PUSH_LOOK_MS } from "./callback_pushes.ts";

const WIDGET = "1".repeat(32);
const [ADA, BEN] = [{ id: "a", name: "ada" }, { id: "b", name: "ben" }];
const RINGING: CallbackState = { state: "ringing", until: Infinity, tries: 0 };

/** A callback for ada and ben, the agents of a widget, but not for eve. */
async function office() {
  await using stack = new AsyncDisposableStack();
  const store = stack.use(await memoryStore());
  const { clock, inquiries, widgets } = store;
  const hub = new Hub<Topics>();
  const content = newContent("Shop", "en");
  content.agents = [anAgent("ada"), anAgent("Ben")];
  const by = { id: "", name: "" };
  await widgets.create("sidebar", content, WIDGET, by);
  const made = await inquiries.create({
    ...{ id: "m1", widget: WIDGET, address: "", name: "Jonas", lang: "en" },
    ...{ reply: "+49 7031 73009", text: "Please call" },
    callback: { from: clock.wall() },
  });
  ok(made.ok);
  const { number } = made.value.inquiry;
  const closed = [ADA, { id: "e", name: "eve" }];
  const pushed: string[] = [];
  const room = { isBroken: false };
  const pushes = stack.use(
    new CallbackPushes({
      inquiries: {
        get: (which) =>
          room.isBroken
            ? Promise.reject(new Error("broken"))
            : inquiries.get(which),
      },
      ...{ widgets, hub, clock, desk: { notifiable: () => closed } },
      push: {
        ring(account, { id, tag }) {
          if (!pushed.includes(`ring ${id}`)) pushed.push(`ring ${id}`);
          equal(id, `${account} ${tag}`);
          return Promise.resolve(true);
        },
        over: (id) => Promise.resolve(void pushed.push(`over ${id}`)),
      },
    }),
  );
  const moved = stack.move();
  return Object.assign(room, {
    ...{ closed, number, clock },
    /** The pushes without the id of the ring. */
    all: () => pushed.map((one) => one.split(" ").slice(0, 2).join(" ")),
    ids: () => [...new Set(pushed.map((one) => one.split(" ")[2] ?? ""))],
    settled: () => pushes.settled(),
    async look() {
      clock.advance(PUSH_LOOK_MS);
      await pushes.settled();
    },
    /** The callback has another state. */
    async change(call: CallbackState) {
      const stored = await inquiries.get(number);
      const callback = { from: clock.wall(), call };
      await inquiries.change(number, stored?.revision ?? "", { callback });
      hub.tell("callbacks-changed", { number });
      await pushes.settled();
    },
    [Symbol.asyncDispose]: () => moved[Symbol.asyncDispose](),
  });
}

Deno.test("[DUE9] a callback notifies its agents whose desk is closed, also one who closes it while it rings, until it is taken", async () => {
  await using room = await office();

  await room.change(RINGING);
  await room.look();
  const first = room.all();
  room.closed.push(BEN);
  await room.look();
  const both = room.all();
  await room.change({ state: "taken", at: 0, tries: 0 });
  await room.look();

  deepEqual(first, ["ring a"]);
  deepEqual(both, ["ring a", "ring b"]);
  deepEqual(room.all(), ["ring a", "ring b", "over a", "over b"]);
  equal(room.clock.pending, 0);
});

Deno.test("[DUE9] the next ring of a callback notifies again, and no id contains the callback's number", async () => {
  await using room = await office();
  await room.change(RINGING);
  await room.change({ state: "waiting", at: 0, tries: 1 });

  await room.change({ ...RINGING, tries: 1 });

  deepEqual(room.all(), ["ring a", "over a", "ring a"]);
  const ids = room.ids();
  equal(ids.length, 2);
  for (const id of ids) match(id, /^[0-9a-f]{32}$/);
});

Deno.test("[DUE9] a callback that waits notifies nobody, and neither does one that is taken", async () => {
  await using room = await office();

  await room.change({ state: "waiting", at: 0, tries: 0 });
  await room.change({ state: "taken", at: 0, tries: 0 });

  deepEqual(room.all(), []);
});

Deno.test("[DUE9] a store that cannot be read delays the notification, and is logged", async () => {
  const lines: string[] = [];
  using _log = await logInto(lines);
  await using room = await office();
  await room.change({ state: "waiting", at: 0, tries: 0 });
  room.isBroken = true;

  await room.change(RINGING);
  const broken = room.all();
  room.isBroken = false;
  room.clock.advance(60_000);
  await room.settled();

  deepEqual(broken, []);
  deepEqual(room.all(), ["ring a"]);
  equal(lines.filter((line) => line.includes("of callbacks")).length, 1);
});

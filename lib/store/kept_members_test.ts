import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import type { RunningChat } from "@/lib/model/running_chat.ts";
import { newContent, type WidgetContent } from "@/lib/model/widget.ts";
import { chatOf } from "@/tests/support/any_chat.ts";
import { anAgent, contentWith } from "@/tests/support/any_widget.ts";
import { logInto } from "@/tests/support/log_into.ts";
import { eachEngine, kvOn, storeOn } from "@/tests/support/store_engines.ts";
import { RunningChatStore } from "./running_chat_store.ts";
import type { StoreEngine } from "./store_engine.ts";
import { list, readable } from "./stored.ts";
import { LastPresence } from "./presence_store.ts";

// What one version of the program stores, and another one reads.

const uuid = "a".repeat(32);

eachEngine(
  "a save keeps the members of a later version, and a restored version replaces them",
  async (engine) => {
    await using store = await storeOn(engine);
    const { widgets } = store;
    const later: WidgetContent & { more: number } = {
      ...contentWith([{ ...anAgent("ada"), more: 2 } as never]),
      more: 1,
    };
    const made = await widgets.create("cardset", later, uuid);
    ok(made.ok);
    const content = contentWith([anAgent("ben"), anAgent("ada")]);

    const saved = await widgets.save(uuid, made.value.revision, content);
    ok(saved.ok);
    const kept = (await widgets.get(uuid))?.value.content;
    const restored = await widgets
      .save(uuid, saved.value.revision, content, { from: 1 });
    ok(restored.ok);

    const [ben, ada] = content.agents;
    deepEqual(kept, {
      ...content,
      agents: [ben, { ...ada, more: 2 }],
      more: 1,
    });
    deepEqual((await widgets.get(uuid))?.value.content, content);
  },
);

eachEngine(
  "the overviews of a store follow its changes",
  async (engine) => {
    await using store = await storeOn(engine);
    const { widgets } = store;
    const overviews = async () =>
      (await widgets.overviews()).map(({ name, version }) => [name, version]);

    const seen = [await overviews()];
    const made = await widgets.create("sidebar", newContent("A", "en"), uuid);
    ok(made.ok);
    seen.push(await overviews());
    await widgets.save(uuid, made.value.revision, newContent("B", "en"));
    seen.push(await overviews());
    await widgets.delete(uuid);
    seen.push(await overviews());

    deepEqual(seen, [[], [["A", 1]], [["B", 2]], []]);
  },
);

eachEngine(
  "a widget that can't be read can be deleted, once",
  async (engine) => {
    await using store = await storeOn(engine);
    await store.kv.set(["widget", uuid, 0], "broken");
    await store.kv.set(["widget", uuid, 1], "broken");

    const deleted = [
      await store.widgets.delete(uuid),
      await store.widgets.delete(uuid),
    ];

    deepEqual(deleted, [true, false]);
    const left = await Array.fromAsync(store.kv.list({ prefix: ["widget"] }));
    deepEqual(left, []);
    const changes = (await store.audit.list({ limit: 9 }))
      .map(({ change }) => change);
    deepEqual(changes, [{ type: "widget-deleted", uuid, name: "" }]);
  },
);

eachEngine(
  "a list that meets a save in between reads that widget again",
  async (engine) => {
    await using store = await storeOn(engine);
    const { widgets, kv } = store;
    const made = await widgets.create("sidebar", newContent("A", "en"), uuid);
    ok(made.ok);
    // A part that was deleted while the list was read.
    await kv.set(["widget", uuid, 1], { of: 2, bytes: new Uint8Array() });
    const seen = async (first: () => Promise<unknown>) => {
      using _list = afterList(kv, first);
      return (await widgets.list()).map(({ value }) => value.content.name);
    };

    const still = await seen(() => Promise.resolve());
    const again = await seen(() => kv.delete(["widget", uuid, 1]));

    deepEqual([still, again], [[], ["A"]]);
  },
);

/** Runs `then` after the next list of a store was read. */
function afterList(
  kv: StoreEngine,
  then: () => Promise<unknown>,
): Disposable {
  const { list } = kv;
  kv.list = (...what) => {
    kv.list = list;
    const entries = list.apply(kv, what);
    const { next } = entries;
    entries.next = async () => {
      const one = await next.call(entries);
      if (one.done) await then();
      return one;
    };
    return entries;
  };
  return { [Symbol.dispose]: () => kv.list = list };
}

eachEngine(
  "the head of a chat keeps the members of a later version",
  async (engine) => {
    await using kv = await kvOn(engine);
    const later: RunningChat & { more: number } = { ...chatOf("a"), more: 1 };
    const old = new RunningChatStore(kv, "later");
    await old.write([{ type: "kept", id: "a", chat: later, entries: [] }]);
    const store = new RunningChatStore(kv, "own");
    await store.claim("a", () => true);
    const chat: RunningChat = { ...chatOf("a"), alerted: false };

    await store.write([{ type: "kept", id: "a", chat, entries: [] }]);
    const kept = (await kv.get(["running_chat", "a", 0])).value;

    deepEqual(kept, { ...chat, more: 1 });
  },
);

eachEngine(
  "a value that can't be read is logged and left out, and another error is passed on",
  async (engine) => {
    await using kv = await kvOn(engine);
    const lines: string[] = [];
    using _log = await logInto(lines);
    const ada: LastPresence = { address: "ada", presence: "away", since: 1 };
    await kv.set(["presence", "ada"], ada);
    await kv.set(["presence", "ben"], { address: "ben" });

    const range = { prefix: ["presence"] };
    const read = await Array.fromAsync(list(kv, range, LastPresence));

    deepEqual(read.map(({ value }) => value), [ada]);
    equal(lines.length, 1);
    equal(lines[0]?.startsWith("Cannot read presence/ben: "), true);
    const failure = new Error("disk I/O error");
    await rejects(readable(() => Promise.reject(failure)), failure);
  },
);

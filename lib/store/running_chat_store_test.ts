import { deepEqual, equal } from "node:assert/strict";
import type {
  ChatChange,
  ChatEntry,
  KeptChat,
  RunningChat,
} from "@/lib/model/running_chat.ts";
import { chatOf, entries } from "@/tests/support/any_chat.ts";
import { commitsOf } from "@/tests/support/commits_of.ts";
import { eachEngine, kvOn, storeOn } from "@/tests/support/store_engines.ts";
import { RunningChatStore } from "./running_chat_store.ts";

function kept(
  id: string,
  entries: ChatEntry[],
  chat?: RunningChat,
): ChatChange {
  return { type: "kept", id, entries, ...(chat && { chat }) };
}

async function all(store: RunningChatStore): Promise<KeptChat[]> {
  return await Array.fromAsync(store.all());
}

eachEngine("chats are restored with all entries in order", async (engine) => {
  await using store = await storeOn(engine);
  const { runningChats } = store;

  await runningChats.write([
    kept("a", entries(1, 2), chatOf("a")),
    kept("b", [], chatOf("b")),
  ]);
  await runningChats.write([kept("a", entries(3, 12))]);
  await runningChats.write([kept("a", [], { ...chatOf("a"), alerted: false })]);

  deepEqual(await all(runningChats), [
    {
      chat: { ...chatOf("a"), alerted: false },
      entries: [
        ...entries(1, 2),
        ...entries(3, 12),
      ],
    },
    { chat: chatOf("b"), entries: [] },
  ]);
});

eachEngine(
  "a chat of half a million characters spans several values and commits",
  async (engine) => {
    await using store = await storeOn(engine);
    const long = entries(1, 125, "ä".repeat(4_000));

    await store.runningChats.write([kept("a", long, chatOf("a"))]);
    await store.runningChats.write([kept("b", entries(1, 900), chatOf("b"))]);

    const found = await all(store.runningChats);
    deepEqual(found[0]?.entries, long);
    equal(found[1]?.entries.length, 900);
  },
);

eachEngine(
  "two messages that are too long for one value are stored as two",
  async (engine) => {
    await using store = await storeOn(engine);
    const long = entries(1, 2, "ж".repeat(30_000));

    await store.runningChats.write([kept("a", long, chatOf("a"))]);

    const [found] = await all(store.runningChats);
    deepEqual(found?.entries, long);
  },
);

eachEngine(
  "a write of up to 600,000 bytes is one commit, a larger one two",
  async (engine) => {
    await using kv = await kvOn(engine);
    using commits = commitsOf(kv);
    const store = new RunningChatStore(kv);
    // An entry counts 300 bytes and 2 for each character, a deletion 100.
    const gone: ChatChange = { type: "gone", id: "a" };
    const most = [
      ...entries(1, 119, "x".repeat(2_350)),
      ...entries(120, 120, "x".repeat(2_300)),
    ];

    await store.write([kept("b", [], chatOf("b")), kept("c", [], chatOf("c"))]);
    commits.all.length = 0;

    await store.write([gone, kept("b", most)]);
    equal(commits.all.length, 1);
    await store.write([gone, { ...gone, id: "d" }, kept("c", most)]);
    equal(commits.all.length, 3);
  },
);

eachEngine(
  "entries rewritten in other pieces are stored once",
  async (engine) => {
    await using store = await storeOn(engine);
    const { runningChats } = store;

    await runningChats.write([kept("a", entries(1, 30), chatOf("a"))]);
    await runningChats.write([kept("a", entries(1, 20))]);
    await runningChats.write([kept("a", entries(21, 40))]);
    await runningChats.write([kept("a", entries(21, 40))]);

    const [found] = await all(runningChats);
    deepEqual(
      found?.entries.map(({ seq }) => seq),
      Array.from({ length: 40 }, (_, n) => n + 1),
    );
  },
);

eachEngine(
  "nothing remains of a deleted chat, whatever was written to it",
  async (engine) => {
    await using store = await storeOn(engine);
    await store.runningChats.write([
      kept("a", entries(1, 700, "secret ".repeat(20)), chatOf("a")),
      kept("b", entries(1, 1), chatOf("b")),
    ]);

    await store.runningChats.write([{ type: "gone", id: "a" }]);

    deepEqual(await all(store.runningChats), [
      { chat: chatOf("b"), entries: entries(1, 1) },
    ]);
    const keys = await Array.fromAsync(
      store.kv.list({ prefix: ["running_chat"] }),
      ({ key }) => key[1],
    );
    deepEqual(keys, ["b", "b"]);
  },
);

eachEngine(
  "a chat whose 1,200 messages were written one by one can be deleted",
  async (engine) => {
    await using kv = await kvOn(engine);
    const store = new RunningChatStore(kv);
    await store.write([kept("a", [], chatOf("a"))]);
    for (const entry of entries(1, 1_200)) {
      await store.write([kept("a", [entry])]);
    }

    await store.write([{ type: "gone", id: "a" }]);

    const left = await Array.fromAsync(kv.list({ prefix: ["running_chat"] }));
    deepEqual(left, []);
  },
);

eachEngine(
  "the rest of a chat that a kill left without its head is deleted",
  async (engine) => {
    await using kv = await kvOn(engine);
    const store = new RunningChatStore(kv);
    await store.write([kept("a", entries(1, 1), chatOf("a"))]);
    await store.write([kept("b", entries(1, 1), chatOf("b"))]);
    await kv.delete(["running_chat", "a", 0]);

    const found = await all(store);

    deepEqual(found.map(({ chat }) => chat.id), ["b"]);
    equal((await kv.get(["running_chat", "a", 1, 1])).versionstamp, null);
  },
);

eachEngine(
  "a chat whose head is unreadable, for example to an earlier version, keeps its messages",
  async (engine) => {
    await using kv = await kvOn(engine);
    const store = new RunningChatStore(kv);
    for (const id of ["a", "b", "c"]) {
      await store.write([kept(id, entries(1, 2), chatOf(id))]);
    }
    const head = await kv.get(["running_chat", "b", 0]);
    await kv.atomic().set(["running_chat", "b", 0], { from: "later" }).commit();

    const found = await all(store);
    await kv.atomic().set(["running_chat", "b", 0], head.value).commit();
    const again = await all(store);

    deepEqual(found.map(({ chat }) => chat.id), ["a", "c"]);
    deepEqual(again[1], { chat: chatOf("b"), entries: entries(1, 2) });
  },
);

eachEngine(
  "RunningChatStore writes each value once, in commits within KV's limits",
  async (engine) => {
    await using kv = await kvOn(engine);
    using commits = commitsOf(kv);
    const long = entries(1, 125, "ä".repeat(4_000));
    const many = Array.from({ length: 1_200 }, (_, n) => `c${n}`);

    await new RunningChatStore(kv).write([
      kept("a", long, chatOf("a")),
      ...many.map((id) => kept(id, [], chatOf(id))),
    ]);

    const keys = commits.all.flat();
    equal(new Set(keys).size, keys.length);
    // The long chat takes 21 batches. A new chat has its home and two indexes,
    // and the instance has its fence.
    equal(keys.length, 21 + 1_201 * 4 + 1);
    equal(Math.max(...commits.checks), 10);
    deepEqual(
      commits.all.map(({ length }) => length <= 500).includes(false),
      false,
    );
    equal(commits.all.length, 135);
  },
);

eachEngine(
  "the new messages of many chats take one commit with one check",
  async (engine) => {
    await using kv = await kvOn(engine);
    const store = new RunningChatStore(kv);
    const many = Array.from({ length: 200 }, (_, n) => `c${n}`);
    await store.write(many.map((id) => kept(id, [], chatOf(id))));
    using commits = commitsOf(kv);

    await store.write(many.map((id) => kept(id, entries(1, 1, "text"))));

    deepEqual(commits.all.map(({ length }) => length), [200]);
    deepEqual(commits.checks, [1]);
  },
);

eachEngine(
  "all chats are listed with their seats and homes",
  async (engine) => {
    await using kv = await kvOn(engine);
    const one = new RunningChatStore(kv, "one");
    const other = new RunningChatStore(kv, "other");
    await one.write([
      kept("a", [], chatOf("a")),
      kept("b", entries(1, 1), chatOf("b")),
    ]);
    await other.write([kept("c", [], chatOf("c"))]);
    await one.write([{ type: "parked", id: "b" }, { type: "gone", id: "a" }]);

    const b = { id: "b", seat: "seat of b" };
    const c = { id: "c", seat: "seat of c", home: "other" };
    deepEqual(await Array.fromAsync(one.owned()), [b, c]);
    deepEqual(await one.seatsOfAgent("OTTO"), [b, c]);
    for (let n = 0; n < 20; n++) {
      await one.write([kept(`d${n}`, [], chatOf(`d${n}`))]);
    }
    const all = await Array.fromAsync(one.owned());
    deepEqual(all.slice(0, 2), [b, c]);
    equal(all.filter(({ home }) => home === "one").length, 20);
  },
);

eachEngine(
  "[CHAT31] a chat is found by the agent who has it, with the id of the agent's leg, and nothing of it stays",
  async (engine) => {
    await using kv = await kvOn(engine);
    const store = new RunningChatStore(kv, "one");
    const first = chatOf("a");
    const by = { address: "Bob", leg: "a.1h" };
    const handovers = [{ at: 5, from: "otto", to: "Bob" }];

    await store.write([kept("a", [], first)]);
    await store.write([kept("a", [], { ...first, by, handovers })]);
    deepEqual(await store.seatsOfAgent("otto"), []);
    const [found] = await store.seatsOfAgent("bob");
    deepEqual(found, { id: "a.1h", seat: first.seat, home: "one" });
    await store.write([{ type: "gone", id: "a" }]);

    for (const address of ["otto", "bob"]) {
      deepEqual(await store.ofAgent(address), []);
    }
  },
);

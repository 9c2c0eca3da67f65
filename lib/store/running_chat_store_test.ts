import { deepEqual, equal, rejects } from "node:assert/strict";
import type {
  ChatChange,
  ChatEntry,
  KeptChat,
  RunningChat,
} from "@/lib/model/running_chat.ts";
import { memoryStore, temporaryPath } from "@/tests/support/temporary_store.ts";
import { Heard } from "@/tests/support/heard.ts";
import { openStore } from "./open.ts";
import { patient } from "./patience.ts";
import { RunningChatStore } from "./running_chat_store.ts";

function chatOf(id: string): RunningChat {
  return {
    id,
    seat: `seat of ${id}`,
    address: "otto",
    visitor: {
      name: "Ada",
      widget: { uuid: "f".repeat(32), name: "Cards" },
      page: { url: "https://example.com/", title: "Home", referrer: "" },
      lang: "en",
      consent: "0123456789abcdef",
    },
    startedAt: 1,
    alerted: true,
    joinedAt: 2,
    agent: "Otto",
    read: { visitor: 0, agent: 1 },
  };
}

function entries(from: number, to: number, text = "Hello"): ChatEntry[] {
  return Array.from({ length: to - from + 1 }, (_, n) => ({
    seq: from + n,
    from: "visitor",
    id: `v${from + n}`,
    text,
    time: 1_000 + n,
  }));
}

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

Deno.test("chats are restored with all entries in order", async () => {
  using store = await memoryStore();
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

Deno.test("a chat of half a million characters spans several values and commits", async () => {
  using store = await memoryStore();
  const long = entries(1, 125, "ä".repeat(4_000));

  await store.runningChats.write([kept("a", long, chatOf("a"))]);
  await store.runningChats.write([kept("b", entries(1, 900), chatOf("b"))]);

  const found = await all(store.runningChats);
  deepEqual(found[0]?.entries, long);
  equal(found[1]?.entries.length, 900);
});

Deno.test("a write of up to 600,000 bytes is one commit, a larger one two", async () => {
  using kv = await Deno.openKv(":memory:");
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
});

Deno.test("entries rewritten in other pieces are stored once", async () => {
  using store = await memoryStore();
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
});

Deno.test("nothing remains of a deleted chat, whatever was written to it", async () => {
  await using folder = await temporaryPath();
  const opened = await openStore(folder.path);
  if (!opened.ok) throw new Error(opened.error.reason);
  using store = opened.value;
  await store.runningChats.write([
    kept("a", entries(1, 700, "secret ".repeat(20)), chatOf("a")),
    kept("b", entries(1, 1), chatOf("b")),
  ]);

  await store.runningChats.write([{ type: "gone", id: "a" }]);

  deepEqual(await all(store.runningChats), [
    { chat: chatOf("b"), entries: entries(1, 1) },
  ]);
  using kv = await Deno.openKv(folder.path);
  const keys = await Array.fromAsync(
    kv.list({ prefix: ["running_chat"] }),
    ({ key }) => key[1],
  );
  deepEqual(keys, ["b", "b"]);
});

Deno.test("a chat whose 1,200 messages were written one by one can be deleted", async () => {
  using kv = await Deno.openKv(":memory:");
  const store = new RunningChatStore(kv);
  await store.write([kept("a", [], chatOf("a"))]);
  for (const entry of entries(1, 1_200)) {
    await store.write([kept("a", [entry])]);
  }

  await store.write([{ type: "gone", id: "a" }]);

  const left = await Array.fromAsync(kv.list({ prefix: ["running_chat"] }));
  deepEqual(left, []);
});

Deno.test("the rest of a chat that a kill left without its head is deleted", async () => {
  using kv = await Deno.openKv(":memory:");
  const store = new RunningChatStore(kv);
  await store.write([kept("a", entries(1, 1), chatOf("a"))]);
  await store.write([kept("b", entries(1, 1), chatOf("b"))]);
  await kv.delete(["running_chat", "a", 0]);

  const found = await all(store);

  deepEqual(found.map(({ chat }) => chat.id), ["b"]);
  equal((await kv.get(["running_chat", "a", 1, 1])).versionstamp, null);
});

Deno.test("RunningChatStore writes each value once, in commits within KV's limits", async () => {
  using kv = await Deno.openKv(":memory:");
  using commits = commitsOf(kv);
  const long = entries(1, 125, "ä".repeat(4_000));
  const many = Array.from({ length: 1_200 }, (_, n) => `c${n}`);

  await new RunningChatStore(kv).write([
    kept("a", long, chatOf("a")),
    ...many.map((id) => kept(id, [], chatOf(id))),
  ]);

  const keys = commits.all.flat();
  equal(new Set(keys).size, keys.length);
  // The long chat takes 21 batches. A new chat has its home and two indexes.
  equal(keys.length, 21 + 1_201 * 4);
  equal(Math.max(...commits.checks), 10);
  deepEqual(
    commits.all.map(({ length }) => length <= 500).includes(false),
    false,
  );
  equal(commits.all.length, 122);
});

/** Notes the keys that each commit sets, and the number of its checks. */
function commitsOf(
  kv: Deno.Kv,
): Disposable & { all: string[][]; checks: number[] } {
  const { atomic } = kv;
  const all: string[][] = [];
  const checks: number[] = [];
  kv.atomic = () => {
    const operation = atomic.call(kv);
    const { check, commit, set } = operation;
    const keys: string[] = [];
    let checked = 0;
    operation.check = (...all) => {
      checked += all.length;
      return check.apply(operation, all);
    };
    operation.set = (key, value, options) => {
      keys.push(key.join("/"));
      return set.call(operation, key, value, options);
    };
    operation.commit = () => {
      all.push(keys);
      checks.push(checked);
      return commit.call(operation);
    };
    return operation;
  };
  return { all, checks, [Symbol.dispose]: () => kv.atomic = atomic };
}

Deno.test("[CHAT23] a late write from before the end of a chat stores nothing", async () => {
  const kv = await Deno.openKv(":memory:");
  const { atomic } = kv;
  const connected = Promise.withResolvers<void>();
  const asked = new Heard<void>();
  let isHeld = false;
  kv.atomic = () => {
    const operation = atomic.call(kv);
    const { commit } = operation;
    operation.commit = async () => {
      asked.tell();
      if (isHeld) await connected.promise;
      return await commit.call(operation);
    };
    return operation;
  };
  const store = new RunningChatStore(kv);
  const kept = (id: string, from: number): ChatChange => ({
    type: "kept",
    id,
    chat: chatOf(id),
    entries: entries(from, from, "a secret"),
  });
  await store.write([kept("a", 1), kept("b", 1)]);

  isHeld = true;
  const late = [store.write([kept("a", 2)]), store.write([kept("new", 1)])];
  await asked.count(3);
  isHeld = false;
  await store.write([{ type: "gone", id: "a" }, { type: "gone", id: "new" }]);
  connected.resolve();

  for (const each of late) await rejects(each, /a chat that is over/);
  const left = await Array.fromAsync(store.all());
  deepEqual(left.map(({ chat }) => chat.id), ["b"]);
  kv.close();
});

Deno.test("[CHAT23] a write waiting for a lock isn't retried after it was reported as late", async () => {
  const kv = await Deno.openKv(":memory:");
  const { atomic } = kv;
  let isLocked = true;
  let commits = 0;
  kv.atomic = () => {
    const operation = atomic.call(kv);
    const { commit } = operation;
    operation.commit = () => {
      commits++;
      if (isLocked) return Promise.reject(new Error("database is locked"));
      return commit.call(operation);
    };
    return operation;
  };
  const store = new RunningChatStore(patient(kv, 1_000));

  await rejects(
    store.write([{ type: "kept", id: "a", chat: chatOf("a"), entries: [] }]),
    /not answered within/,
  );
  isLocked = false;
  const asked = commits;
  await new Promise((done) => setTimeout(done, 300)); // Longer than any wait.

  equal(commits, asked);
  deepEqual(await Array.fromAsync(store.all()), []);
  kv.close();
});

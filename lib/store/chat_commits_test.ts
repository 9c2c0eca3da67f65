import { deepEqual, equal, rejects } from "node:assert/strict";
import type { ChatChange } from "@/lib/model/running_chat.ts";
import { chatOf, entries } from "@/tests/support/any_chat.ts";
import { commitsOf } from "@/tests/support/commits_of.ts";
import { eachEngine, kvOn } from "@/tests/support/store_engines.ts";
import { RunningChatStore } from "./running_chat_store.ts";
import type { StoreEngine } from "./store_engine.ts";
import { withCommits } from "./with_commits.ts";

const begun = (id: string): ChatChange => (
  { type: "kept", id, chat: chatOf(id), entries: [] }
);
const said = (id: string, seq = 1): ChatChange => (
  { type: "kept", id, entries: entries(seq, seq) }
);

eachEngine(
  "a commit of chats has up to 500 changes",
  async (engine) => {
    await using kv = await kvOn(engine);
    const store = new RunningChatStore(kv);
    const ids = Array.from({ length: 1_001 }, (_, n) => `c${n}`);
    await store.write(ids.map(begun));
    using commits = commitsOf(kv);

    await store.write(ids.map((id) => said(id)));

    deepEqual(commits.all.map(({ length }) => length), [500, 500, 1]);
  },
);

eachEngine(
  "a head counts 5,000 bytes and the length of its call, up to 600,000 in a commit",
  async (engine) => {
    await using kv = await kvOn(engine);
    const store = new RunningChatStore(kv);
    const ids = Array.from({ length: 121 }, (_, n) => `c${n}`);
    await store.write(ids.map(begun));
    using commits = commitsOf(kv);
    const written = async (changes: ChatChange[]) => {
      commits.all.length = 0;
      await store.write(changes);
      return commits.all.map(({ length }) => length);
    };
    const call = {
      ...{ media: "voice" as const, video: false, answer: "", held: false },
      ...{ page: "", heard: 0 },
    };
    const withCall = (bytes: number): ChatChange => {
      const answer = "x".repeat(bytes - JSON.stringify(call).length);
      const chat = { ...chatOf("c0"), call: { ...call, answer } };
      return { type: "kept", id: "c0", chat, entries: [] };
    };

    deepEqual(await written(ids.slice(0, 120).map(begun)), [120]);
    deepEqual(await written(ids.map(begun)), [120, 1]);
    const others = ids.slice(1, 119).map(begun); // 590,000 bytes.
    deepEqual(await written([...others, withCall(5_000)]), [119]);
    deepEqual(await written([...others, withCall(5_001)]), [118, 1]);
  },
);

eachEngine(
  "the keys of an ended chat are deleted 400 at a time",
  async (engine) => {
    await using kv = await kvOn(engine);
    const store = new RunningChatStore(kv);
    await store.write([begun("a")]);
    for (const { seq } of entries(1, 797)) await store.write([said("a", seq)]);
    using commits = commitsOf(kv);

    await store.write([{ type: "gone", id: "a" }]);

    // The head and its two index entries are the first.
    deepEqual(commits.deletions, [400, 400]);
  },
);

eachEngine(
  "[CHAT23] nothing is written of a chat after its end, or before its beginning",
  async (engine) => {
    await using kv = await kvOn(engine);
    const store = new RunningChatStore(kv);
    await store.write([begun("a"), begun("b"), begun("kept")]);

    await store.write([{ type: "gone", id: "a" }]);
    const late = [
      [said("a")],
      [begun("a")],
      [{ ...said("a"), chat: chatOf("a") }],
      [said("never")],
    ];
    for (const changes of late) {
      await rejects(store.write(changes), /a chat that is over/);
    }
    const ends: ChatChange[] = [
      { type: "gone", id: "a" },
      { type: "parked", id: "a" },
      { type: "parked", id: "never" },
    ];
    for (const end of ends) deepEqual(await store.write([end]), []);
    await store.write([{ type: "gone", id: "unborn" }]);
    await rejects(store.write([begun("unborn")]), /a chat that is over/);

    const left = await Array.fromAsync(store.all());
    deepEqual(left.map(({ chat }) => chat.id), ["b", "kept"]);
  },
);

eachEngine(
  "[CHAT24] an instance writes no more of a chat that it has parked, until it claims the chat",
  async (engine) => {
    await using kv = await kvOn(engine);
    const store = new RunningChatStore(kv, "own");
    await store.write([begun("a"), { type: "parked", id: "a" }]);

    deepEqual(await store.write([said("a")]), ["a"]);
    equal(await store.ownerOf("a"), undefined);
    const claimed = await store.claim("a", () => false);
    deepEqual(claimed, { chat: chatOf("a"), entries: [] });
    equal(await store.ownerOf("a"), "own");
    deepEqual(await store.claim("a", () => false), claimed);
    deepEqual(await store.write([said("a")]), []);
  },
);

eachEngine(
  "[CHAT24] a claim that was not stored and has no answer is rejected",
  async (engine) => {
    await using kv = await kvOn(engine);
    await new RunningChatStore(kv, "old").write([begun("a")]);
    const broken = withCommits(kv, () => {
      const commit = kv.atomic();
      commit.commit = () => Promise.reject(new Error("connection lost"));
      return commit;
    });
    const next = new RunningChatStore(broken, "next");

    await rejects(next.claim("a", () => true), /connection lost/);

    equal(await next.ownerOf("a"), "old");
  },
);

eachEngine(
  "[CHAT24] a chat that another instance has just claimed is not claimed",
  async (engine) => {
    await using kv = await kvOn(engine);
    await new RunningChatStore(kv, "old").write([begun("a")]);
    const { engine: slow } = disturbed(kv, ["a"]);
    const late = new RunningChatStore(slow, "late");

    equal(await late.claim("a", (home) => home === "old"), undefined);
    equal(await late.ownerOf("a"), "thief");
  },
);

/** Claims a chat of a store before each commit, as long as there are some. */
function disturbed(kv: StoreEngine, claims: string[]) {
  const thief = new RunningChatStore(kv, "thief");
  const tries = { count: 0 };
  const engine = withCommits(kv, () => {
    const commit = kv.atomic();
    const send = commit.commit;
    commit.commit = async () => {
      tries.count++;
      const id = claims.shift();
      if (id !== undefined) await thief.claim(id, () => true);
      return await send.call(commit);
    };
    return commit;
  });
  return { engine, tries };
}

eachEngine(
  "[CHAT24] a write is tried again after another chat was claimed, up to 5 times",
  async (engine) => {
    await using kv = await kvOn(engine);
    const claims: string[] = [];
    const { engine: slow, tries } = disturbed(kv, claims);
    const store = new RunningChatStore(slow, "own");
    const others = Array.from({ length: 12 }, (_, n) => `other${n}`);
    await store.write(["a", ...others].map(begun));
    const triesOf = async (claimed: number) => {
      claims.push(...others.splice(0, claimed));
      tries.count = 0;
      const done = store.write([said("a", 12 - others.length)]);
      const end = await done.then(() => "written", (error) => error.message);
      return [end, tries.count];
    };

    deepEqual(await triesOf(0), ["written", 1]);
    deepEqual(await triesOf(1), ["written", 2]);
    deepEqual(await triesOf(4), ["written", 5]);
    const failed = "Cannot store running chats: 5 tries failed";
    deepEqual(await triesOf(5), [failed, 5]);
    deepEqual(await triesOf(0), ["written", 2]); // After the last claim.
  },
);

eachEngine(
  "an instance looks up the home of a chat once, however much it writes",
  async (engine) => {
    await using kv = await kvOn(engine);
    await new RunningChatStore(kv, "old").write([begun("a"), begun("b")]);
    const store = new RunningChatStore(kv, "own");
    await store.claim("a", () => true);
    await store.claim("b", () => true);
    await store.write([said("a"), said("b")]);
    const { get } = kv;
    const reads: Deno.KvKey[] = [];
    kv.get = (key) => {
      reads.push(key);
      return get.call(kv, key);
    };

    await store.write([said("a", 2), said("b", 2), said("a", 3)]);
    await store.write([{ type: "gone", id: "b" }, said("a", 4)]);
    await store.write([said("a", 5)]);

    deepEqual(reads, []);
  },
);

import { deepEqual, equal, rejects } from "node:assert/strict";
import type { ChatChange } from "@/lib/model/running_chat.ts";
import { chatOf, entries } from "@/tests/support/any_chat.ts";
import { Heard } from "@/tests/support/heard.ts";
import { eachEngine, kvOn } from "@/tests/support/store_engines.ts";
import { patient } from "./patience.ts";
import { RunningChatStore } from "./running_chat_store.ts";

eachEngine(
  "[CHAT23] a late write from before the end of a chat stores nothing",
  async (engine) => {
    await using kv = await kvOn(engine);
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

    await Promise.all(late.map((one) => rejects(one, /a chat that is over/)));
    const left = await Array.fromAsync(store.all());
    deepEqual(left.map(({ chat }) => chat.id), ["b"]);
  },
);

eachEngine(
  "[CHAT23] a write waiting for a lock isn't retried after it was reported as late",
  async (engine) => {
    await using kv = await kvOn(engine);
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
  },
);

eachEngine(
  "[CHAT24] a home whose two chats were claimed stores nothing of either, one after the other",
  async (engine) => {
    await using kv = await kvOn(engine);
    const said = (id: string, seq: number): ChatChange => (
      { type: "kept", id, entries: entries(seq, seq, "text") }
    );
    const begun = (id: string) => ({ ...said(id, 1), chat: chatOf(id) });
    const old = new RunningChatStore(kv, "old");
    const next = new RunningChatStore(kv, "next");
    await old.write(["a", "b", "c"].map(begun));
    await next.claim("a", () => true);
    await next.claim("b", () => true);

    deepEqual(await old.write([said("b", 2)]), ["b"]);
    deepEqual(await old.write([said("c", 2)]), []);
    deepEqual(await old.write([said("a", 2)]), ["a"]);
    const all = await Array.fromAsync(next.all());
    deepEqual(all.map(({ entries }) => entries.length), [1, 1, 2]);
  },
);

eachEngine(
  "[CHAT24] an instance that writes a chat which another one has claimed and ended learns that it was claimed",
  async (engine) => {
    await using kv = await kvOn(engine);
    const chat = (): ChatChange => ({
      ...{ type: "kept", id: "a", chat: chatOf("a"), entries: [] },
    });
    const [suspended, other] = ["suspended", "other"]
      .map((own) => new RunningChatStore(kv, own));
    await suspended?.write([chat()]);
    await other?.claim("a", () => true);
    await other?.write([{ type: "gone", id: "a" }]);

    const claimed = await suspended?.write([chat()]);

    deepEqual(claimed, ["a"]);
    deepEqual(await Array.fromAsync(new RunningChatStore(kv).all()), []);
  },
);

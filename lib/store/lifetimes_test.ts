import { deepEqual, equal } from "node:assert/strict";
import type { ChatChange } from "@/lib/model/running_chat.ts";
import { chatOf } from "@/tests/support/any_chat.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { InstanceStore, RENEW_EVERY_MS } from "./instance_store.ts";
import { openEngine } from "./open_engine.ts";
import { recognizeOwnCommits } from "./own_commits.ts";
import { RunningChatStore } from "./running_chat_store.ts";
import type { Expiry, StoreEngine } from "./store_engine.ts";
import { TaskStore } from "./task_store.ts";
import { UsedOnceStore } from "./used_once_store.ts";

/** Rows that are written with a lifetime: the name of the key, and seconds. */
type Lifetimes = (readonly [name: string, seconds: number])[];

/** An empty store, and the lifetimes of the rows that are written to it. */
async function opened(): Promise<
  Disposable & { kv: StoreEngine; lifetimes: Lifetimes }
> {
  const kv = await openEngine(":memory:");
  const lifetimes: Lifetimes = [];
  const note = ([name]: Deno.KvKey, { expireIn }: Expiry = {}) => {
    if (expireIn === undefined) return;
    lifetimes.push([String(name), expireIn / 1_000]);
  };
  const { set, atomic } = kv;
  kv.set = (key, value, options) => {
    note(key, options);
    return set.call(kv, key, value, options);
  };
  kv.atomic = () => {
    const commit = atomic.call(kv);
    const { set } = commit;
    commit.set = (key, value, options) => {
      note(key, options);
      return set.call(commit, key, value, options);
    };
    return commit;
  };
  return { kv, lifetimes, [Symbol.dispose]: () => void kv.close() };
}

Deno.test("the row of an instance is renewed every 3 s, and deleted a minute after the last time", async () => {
  using store = await opened();

  await new InstanceStore(store.kv, new FakeClock(), "a").renew("1.1.0");

  equal(RENEW_EVERY_MS, 3_000);
  deepEqual(store.lifetimes, [["instance", 60]]);
});

Deno.test("a fence lasts for a day, also that of a dead home, and the mark of an ended chat for an hour", async () => {
  using store = await opened();
  const kept = (id: string): ChatChange => {
    return { type: "kept", id, entries: [], chat: chatOf(id) };
  };
  const [first, second] = ["1", "2"].map((own) =>
    new RunningChatStore(store.kv, own)
  );

  await first?.write([kept("a"), kept("b")]);
  const byFirst = store.lifetimes.splice(0);
  await first?.write([{ type: "gone", id: "b" }]);
  const byEnd = store.lifetimes.splice(0);
  await second?.claim("a", () => true);
  const byClaim = store.lifetimes.splice(0);

  const fence = ["running_chat_fence", 86_400] as const;
  deepEqual(byFirst, [fence]);
  deepEqual(byEnd.toSorted(), [fence, ["running_chat_home", 3_600]]);
  deepEqual(byClaim, [fence]);
});

Deno.test("a task's lease lasts for 10 minutes, a value used once as long as asked", async () => {
  using store = await opened();

  await new TaskStore(store.kv, new FakeClock())
    .run("sweep", () => Promise.resolve());
  await new UsedOnceStore(store.kv).use("link", "x", 5_000);

  deepEqual(store.lifetimes, [["lease", 600], ["used_once", 5]]);
});

Deno.test("a commit on a server is recognized for a minute, if it could be a conflict with itself", async () => {
  using store = await opened();
  const kv = recognizeOwnCommits(store.kv);
  const check = { key: ["a"], versionstamp: null };

  await kv.atomic().check(check).set(["a"], 1).commit();
  await kv.atomic().check({ ...check, key: ["b"] }).set(["c"], 1).commit();
  await kv.atomic().set(["a"], 2).commit();

  deepEqual(store.lifetimes, [["commit", 60]]);
});

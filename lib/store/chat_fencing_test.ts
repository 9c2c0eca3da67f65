import { deepEqual, equal, rejects } from "node:assert/strict";
import { setImmediate } from "node:timers";
import type { ChatChange, ChatEntry } from "@/lib/model/running_chat.ts";
import { type Chance, chance } from "@/tests/support/chance.ts";
import { eachEngine, kvOn } from "@/tests/support/store_engines.ts";
import { migrate, MIGRATIONS } from "./migrations.ts";
import type { StoreEngine } from "./store_engine.ts";
import { RunningChatStore } from "./running_chat_store.ts";

const ALL_DEAD = () => true;
const NONE_DEAD = () => false;

function begun(id: string, seat = `seat of ${id}`): ChatChange {
  const chat = {
    ...{ id, seat, address: "Otto", startedAt: 1, alerted: true },
    visitor: { name: "", widget: { uuid: "", name: "" }, lang: "en" },
    read: { visitor: 0, agent: 0 },
  };
  return { type: "kept", id, chat, entries: [] };
}

function said(id: string, seq: number, text = `text ${seq}`): ChatChange {
  return { type: "kept", id, entries: [entryOf(seq, text)] };
}

function entryOf(seq: number, text: string): ChatEntry {
  return { seq, from: "visitor", id: `v ${text}`, text, time: 0 };
}

/** A store whose commits wait until `thaw`, and may lose their answers. */
function freezable(kv: StoreEngine) {
  let frozen = Promise.withResolvers<void>();
  frozen.resolve();
  let isAnswerLost = false;
  const slow = new Proxy(kv, {
    get(target, name) {
      if (name !== "atomic") return memberOf(target, name);
      return () => {
        const operation = target.atomic();
        const { commit } = operation;
        operation.commit = async () => {
          await frozen.promise;
          const done = await commit.call(operation);
          if (isAnswerLost) throw new Error("connection lost");
          return done;
        };
        return operation;
      };
    },
  });
  return {
    kv: slow,
    freeze: () => frozen = Promise.withResolvers(),
    thaw: () => frozen.resolve(),
    loseAnswers: (is: boolean) => isAnswerLost = is,
  };
}

function memberOf(kv: StoreEngine, name: string | symbol): unknown {
  const member: unknown = Reflect.get(kv, name);
  return typeof member === "function" ? member.bind(kv) : member;
}

async function textsIn(kv: StoreEngine): Promise<string[]> {
  const all = await Array.fromAsync(new RunningChatStore(kv).all());
  return all.flatMap(({ entries }) => entries.map(({ text }) => text));
}

eachEngine(
  "[CHAT24] a home that was frozen inside a write stores nothing of a chat that was claimed meanwhile",
  async (engine) => {
    await using kv = await kvOn(engine);
    const slow = freezable(kv);
    const old = new RunningChatStore(slow.kv, "old");
    const next = new RunningChatStore(kv, "next");
    await old.write([begun("a"), begun("b"), said("a", 1)]);

    slow.freeze();
    const late = old.write([said("a", 2, "too late"), said("b", 1, "in time")]);
    const claimed = await next.claim("a", ALL_DEAD);
    await next.write([said("a", 2, "from the next home")]);
    slow.thaw();

    deepEqual(claimed?.entries.map(({ text }) => text), ["text 1"]);
    deepEqual(await late, ["a"]);
    deepEqual(await old.write([said("a", 3)]), ["a"]);
    deepEqual(await old.write([{ type: "gone", id: "a" }]), ["a"]);
    deepEqual(await textsIn(kv), ["text 1", "from the next home", "in time"]);
  },
);

eachEngine(
  "[CHAT24] a chat whose home lives is not claimed, and a parked one is",
  async (engine) => {
    await using kv = await kvOn(engine);
    const old = new RunningChatStore(kv, "old");
    const next = new RunningChatStore(kv, "next");
    await old.write([begun("a")]);

    equal(await next.claim("a", NONE_DEAD), undefined);
    deepEqual(await next.ofSeat("seat of a"), [{ id: "a", home: "old" }]);
    await old.write([said("a", 1), { type: "parked", id: "a" }]);
    deepEqual(await next.ofSeat("seat of a"), [{ id: "a" }]);
    const claimed = await next.claim("a", NONE_DEAD);

    deepEqual(claimed?.entries.map(({ seq }) => seq), [1]);
    deepEqual(await next.ofAgent("otto"), [{ id: "a", home: "next" }]);
    equal(await old.claim("a", NONE_DEAD), undefined);
  },
);

eachEngine(
  "[CHAT24] of many instances that claim the same chats, one gets each",
  async (engine) => {
    await using kv = await kvOn(engine);
    const old = new RunningChatStore(kv, "old");
    const ids = Array.from({ length: 40 }, (_, n) => `c${n}`);
    await old.write(ids.map((id) => begun(id)));

    const won = await Promise.all(["x", "y", "z"].map(async (own) => {
      const store = new RunningChatStore(kv, own);
      const all = await Promise.all(ids.map((id) => store.claim(id, ALL_DEAD)));
      return all.flatMap((kept) => kept === undefined ? [] : [kept.chat.id]);
    }));

    // A later claim takes it from a winner only if that one is called dead too.
    deepEqual([...new Set(won.flat())].sort(), [...ids].sort());
    for (const id of ids) {
      const [owner] = await old.ofSeat(`seat of ${id}`);
      equal(["x", "y", "z"].includes(owner?.home ?? ""), true);
    }
  },
);

eachEngine(
  "[CHAT24] a lost answer of a first write, a claim or a deletion is recognised",
  async (engine) => {
    await using kv = await kvOn(engine);
    const slow = freezable(kv);
    const store = new RunningChatStore(slow.kv, "own");

    slow.loseAnswers(true);
    await rejects(store.write([begun("a"), said("a", 1)]), /connection lost/);
    slow.loseAnswers(false);
    deepEqual(await store.write([begun("a"), said("a", 1)]), []);

    const next = freezable(kv);
    const other = new RunningChatStore(next.kv, "other");
    next.loseAnswers(true);
    const claimed = await other.claim("a", ALL_DEAD);
    equal(claimed?.entries.length, 1);
    await rejects(other.write([{ type: "gone", id: "a" }]), /connection lost/);
    next.loseAnswers(false);

    deepEqual(await other.write([{ type: "gone", id: "a" }]), []);
    deepEqual(await Array.fromAsync(other.all()), []);
  },
);

eachEngine("[CHAT23] no index leads to a deleted chat", async (engine) => {
  await using kv = await kvOn(engine);
  const store = new RunningChatStore(kv, "own");
  await store.write([begun("a"), said("a", 1, "secret")]);

  await store.write([{ type: "gone", id: "a" }]);

  deepEqual(await store.ofSeat("seat of a"), []);
  deepEqual(await store.ofAgent("otto"), []);
  const left = await Array.fromAsync(kv.list({ prefix: [] }));
  const text = JSON.stringify(left.map(({ key, value }) => [key, value]));
  equal(/secret|seat of|otto/i.test(text), false, text);
});

eachEngine(
  "migration 4 makes the chats of an older version claimable",
  async (engine) => {
    await using kv = await kvOn(engine);
    const { chat } = begun("a") as ChatChange & { type: "kept" };
    await migrate(kv, MIGRATIONS.slice(0, 3));
    await kv.set(["running_chat", "a", 0], chat);
    await kv.set(["running_chat", "a", 1, 1], [entryOf(1, "old")]);

    await migrate(kv);
    await migrate(kv);

    const store = new RunningChatStore(kv, "own");
    deepEqual(await store.ofSeat("seat of a"), [{ id: "a" }]);
    deepEqual(await store.ofAgent("OTTO"), [{ id: "a" }]);
    const claimed = await store.claim("a", NONE_DEAD);
    deepEqual(claimed?.entries.map(({ text }) => text), ["old"]);
  },
);

const RUNS = 20;
const STEPS = 60;

Deno.test(
  "[CHAT24] whatever is acknowledged is stored once, however homes freeze, claim and write",
  async () => {
    let moves = 0;
    for (let run = 0; run < RUNS; run++) {
      const dice = chance();
      try {
        moves += await runHomes(dice);
      } catch (error) {
        throw new Error(`failed with CW_SEED=${dice.seed}`, { cause: error });
      }
    }
    equal(moves > RUNS * 3, true, `the chat moved ${moves} times`);
  },
);

/** Three instances, each of which considers all others dead at any moment. */
async function runHomes(dice: Chance): Promise<number> {
  using kv = await Deno.openKv(":memory:");
  const acknowledged = new Map<number, string>();
  let moves = 0;
  await new RunningChatStore(kv, "first").write([begun("a")]);

  async function live(own: string): Promise<void> {
    const store = new RunningChatStore(unsteady(kv, dice), own);
    let entries: number | undefined; // Undefined while it isn't the home.
    for (let step = 0; step < STEPS; step++) {
      await turns(dice);
      if (entries === undefined) {
        if (dice.next() < 0.7) continue;
        const kept = await again(() => store.claim("a", ALL_DEAD));
        entries = kept?.entries.length;
        moves++;
        continue;
      }
      const seq = entries + 1;
      const text = `${own} ${step}`;
      const claimed = await again(() => store.write([said("a", seq, text)]));
      if (claimed.length > 0) entries = undefined;
      else {
        equal(acknowledged.has(seq), false, `${seq} was acknowledged twice`);
        acknowledged.set(seq, text);
        entries = seq;
      }
    }
  }
  await Promise.all(["x", "y", "z"].map(live));

  const texts = await textsIn(kv);
  for (const [seq, text] of acknowledged) equal(texts[seq - 1], text);
  return moves;
}

/** Requests take turns, and every tenth answer of a commit is lost. */
function unsteady(kv: StoreEngine, dice: Chance): StoreEngine {
  return new Proxy(kv, {
    get(target, name) {
      if (name === "get") {
        return async (key: Deno.KvKey) => {
          await turns(dice);
          const found = await target.get(key);
          await turns(dice);
          return found;
        };
      }
      if (name !== "atomic") return memberOf(target, name);
      return () => {
        const operation = target.atomic();
        const { commit } = operation;
        operation.commit = async () => {
          await turns(dice);
          const done = await commit.call(operation);
          await turns(dice);
          if (dice.next() < 0.1) throw new Error("connection lost");
          return done;
        };
        return operation;
      };
    },
  });
}

async function turns(dice: Chance): Promise<void> {
  while (dice.next() < 0.4) await new Promise(setImmediate);
}

/** Repeats a request until it is answered, as ChatKeeper does. */
async function again<T>(ask: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!String(error).includes("connection lost")) throw error;
    }
  }
}

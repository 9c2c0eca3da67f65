import { deepEqual, equal } from "node:assert/strict";
import { chatOf } from "@/tests/support/any_chat.ts";
import {
  entry,
  keeperRoom as room,
  seqs,
} from "@/tests/support/chat_keeper_room.ts";
import { logInto } from "@/tests/support/log_into.ts";
import { settle } from "@/tests/support/visitor_room.ts";

Deno.test("[CHAT20] entries that arrive during a write are stored with the next one", async () => {
  const { keeper, store } = room();
  const told: string[] = [];
  const say = (id: string, seq: number) => {
    keeper.add(id, entry(seq));
    keeper.whenWritten(() => told.push(`${id}${seq}`));
  };
  say("a", 1);
  say("b", 1);
  await settle();
  say("a", 2);
  say("b", 2);
  say("a", 3);

  deepEqual(told, []);
  await store.answer();
  deepEqual(told, ["a1", "b1"]);
  await store.answer();

  deepEqual(told, ["a1", "b1", "a2", "b2", "a3"]);
  deepEqual(store.writes.map(seqs), [["a", 1, "b", 1], ["a", 2, 3, "b", 2]]);
});

Deno.test("[CHAT20] a round of writes is limited, and the remaining chats wait for the next", async () => {
  const { keeper, store } = room();
  let told = 0;
  for (let seq = 1; seq <= 100; seq++) {
    keeper.add("a", entry(seq, "x".repeat(4_000)));
  }
  keeper.whenWritten(() => told++);
  await settle();

  await store.answer();
  equal(told, 0);
  await store.answer();

  equal(told, 1);
  deepEqual(store.writes.map((write) => seqs(write).length), [51, 51]);
});

Deno.test("[CHAT21] a store that doesn't answer in time delays no chat", async () => {
  const { keeper, store, clock, counted } = room();
  const told: number[] = [];
  keeper.add("a", entry(1));
  keeper.whenWritten(() => told.push(1));
  await settle();
  keeper.add("a", entry(2));
  keeper.whenWritten(() => told.push(2));

  clock.advance(999);
  equal(told.length, 0);
  clock.advance(1);
  deepEqual(told.splice(0), [1, 2]);
  keeper.whenWritten(() => told.push(3));
  deepEqual(told, [3]);
  await keeper.settled();

  await store.answer(); // Late, but there: the next goes behind it.
  deepEqual(store.writes.map(seqs), [["a", 1], ["a", 2]]);
  equal(keeper.isFailing, false);
  deepEqual(counted, ["chat_writes_failed late"]);
});

Deno.test("[CHAT21] a failed write is retried together with newer entries", async () => {
  const { keeper, store, clock, counted } = room();
  const told: number[] = [];
  keeper.keep(chatOf("a"));
  keeper.add("a", entry(1));
  keeper.whenWritten(() => told.push(1));
  keeper.add("b", entry(1));
  await settle();
  await store.answer(new Error("disk full"));
  deepEqual(told, [1]);
  keeper.add("a", entry(2));
  keeper.forget("b");
  equal(store.writes.length, 1);

  clock.advance(250);
  await settle();
  await store.answer(new Error("disk full"));
  clock.advance(500);
  await settle();
  await store.answer();

  deepEqual(store.writes.map(seqs), [
    ["a", 1, "b", 1],
    ["a", 1, 2, "b gone"],
    ["a", 1, 2, "b gone"],
  ]);
  const [last] = store.writes[2] ?? [];
  deepEqual(last?.type === "kept" && last.chat, chatOf("a"));
  equal(keeper.isFailing, false);
  deepEqual(counted, Array(2).fill("chat_writes_failed refused"));
});

Deno.test("[CHAT21] a chat that can't be stored doesn't keep other chats from being stored", async () => {
  const { keeper, store, clock, counted } = room();
  for (const id of ["a", "bad", "c"]) keeper.add(id, entry(1));
  await settle();
  for (const waitMs of [250, 500]) {
    await store.answer(new Error("a value is too big"));
    clock.advance(waitMs);
    await settle();
  }
  await store.answer(new Error("a value is too big"));
  await store.answer(); // a
  await store.answer(new Error("a value is too big")); // bad
  await store.answer(); // c
  keeper.add("a", entry(2));
  await settle();
  await store.answer();

  const all = ["a", 1, "bad", 1, "c", 1];
  deepEqual(store.writes.map(seqs), [
    ...[all, all, all],
    ...[["a", 1], ["bad", 1], ["c", 1]],
    ["a", 2],
  ]);
  equal(keeper.isFailing, false);
  equal(counted.at(-1), "chat_writes_failed chat");
});

Deno.test("[CHAT21] a store that fails every write isn't tried for each chat", async () => {
  const { keeper, store, clock } = room();
  for (let n = 0; n < 100; n++) keeper.add(`chat${n}`, entry(1));
  await settle();
  for (let round = 0; round < 5; round++) {
    while (store.isAsked) await store.answer(new Error("disk full"));
    clock.advance(10_000);
    await settle();
  }

  // Six rounds, and from the third on three chats each.
  equal(store.writes.length, 6 + 3 * 3);
  equal(store.writes.at(-1)?.length, 100);
});

Deno.test("[CHAT21] a store that keeps failing is tried every 5 to 10 s", async () => {
  const { keeper, store, clock } = room();
  keeper.add("a", entry(1));
  await settle();
  const tries: string[] = [];
  for (let n = 0; n < 12; n++) {
    while (store.isAsked) await store.answer(new Error("disk full"));
    clock.advance(4_999);
    await settle();
    const isEarly = store.isAsked;
    clock.advance(5_001);
    await settle();
    tries.push(isEarly ? "early" : store.isAsked ? "in time" : "late");
  }

  deepEqual(tries.slice(6), Array(6).fill("in time"));
});

Deno.test("[CHAT21] the log reports once that storing fails, and once that it works again", async () => {
  const { keeper, store, clock } = room();
  const lines: string[] = [];
  using _log = await logInto(lines);

  keeper.add("a", entry(1));
  await settle();
  await store.answer(new Error("disk full"));
  const atOnce = lines.splice(0);
  clock.advance(250);
  await settle();
  await store.answer(new Error("still full"));
  clock.advance(500);
  await settle();
  await store.answer();
  const recovered = lines.splice(0);
  keeper.add("a", entry(2));
  await settle();
  await store.answer();

  deepEqual(atOnce, [
    "Cannot store running chats, trying again: Error: disk full",
  ]);
  deepEqual(recovered, ["Storing chats works again"]);
  deepEqual(lines, []);
});

Deno.test("[CHAT21] an exception in one chat doesn't stop the others", async () => {
  const { keeper, store } = room();
  const told: number[] = [];
  keeper.add("a", entry(1));
  keeper.whenWritten(() => {
    throw new Error("a mistake");
  });
  keeper.whenWritten(() => told.push(2));
  await settle();

  await store.answer();

  deepEqual(told, [2]);
});

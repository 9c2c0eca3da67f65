import { deepEqual, equal } from "node:assert/strict";
import { chatOf } from "@/tests/support/any_chat.ts";
import {
  entry,
  keeperRoom as room,
  seqs,
} from "@/tests/support/chat_keeper_room.ts";
import { settle } from "@/tests/support/visitor_room.ts";
import { KEEP_WITHIN_MS, LET_GO_AFTER_MS } from "./chat_keeper.ts";

Deno.test("[CHAT22] a parked chat is left to others after its last entries", async () => {
  const { keeper, store } = room();
  keeper.keep(chatOf("a"));
  for (let seq = 1; seq <= 60; seq++) {
    keeper.add("a", entry(seq, "x".repeat(4_000)));
  }
  keeper.park("a");
  await settle();
  await store.answer();
  await store.answer();

  deepEqual(store.writes.map((write) => seqs(write).length), [51, 12]);
  equal(seqs(store.writes[1]).at(-1), "a parked");
});

Deno.test("[CHAT24] a claimed chat is let go, and the others of its round are stored", async () => {
  const { keeper, store } = room();
  const told: string[] = [];
  for (const id of ["a", "b"]) {
    keeper.watch(id, () => told.push(`${id} claimed`));
    keeper.add(id, entry(1));
  }
  keeper.whenWritten(() => told.push("written"));
  await settle();
  keeper.add("a", entry(2));
  await store.answer(undefined, ["a"]);
  await settle();

  deepEqual(told, ["a claimed", "written"]);
  deepEqual(store.writes.map(seqs), [["a", 1, "b", 1]]);
});

Deno.test("[CHAT25] while others have the store, unstored entries wait, and after 8 s they continue the chats", async () => {
  const { keeper, store, clock } = room({ canBeClaimed: () => true });
  const told: string[] = [];
  keeper.watch("a", () => told.push("claimed"));
  keeper.add("a", entry(1));
  keeper.whenWritten(() => told.push("written"));
  await settle();

  clock.advance(KEEP_WITHIN_MS);
  await store.answer(new Error("connection lost"));
  keeper.whenWritten(() => told.push("written too"));
  clock.advance(LET_GO_AFTER_MS - KEEP_WITHIN_MS - 1);
  await settle();
  await store.answer(new Error("connection lost"));
  deepEqual(told, []);
  clock.advance(500);
  await settle();
  await store.answer(new Error("connection lost"));
  await store.answer(new Error("connection lost")); // The chat alone.

  deepEqual(told, ["claimed"]);
});

Deno.test("[CHAT25] a chat that was deleted or parked is not let go again", async () => {
  const { keeper, store, clock } = room({ canBeClaimed: () => true });
  const claimed: string[] = [];
  for (const id of ["deleted", "parked", "running"]) {
    keeper.watch(id, () => claimed.push(id));
    keeper.keep(chatOf(id));
  }
  keeper.forget("deleted");
  keeper.park("parked");
  await settle();

  await store.answer(new Error("connection lost"));
  clock.advance(LET_GO_AFTER_MS);
  await settle();
  await store.answer(new Error("connection lost"));

  deepEqual(claimed, ["running"]);
});

Deno.test("[CHAT25] entries that waited are passed on when the store works again in time", async () => {
  const { keeper, store, clock } = room({ canBeClaimed: () => true });
  const told: string[] = [];
  keeper.add("a", entry(1));
  keeper.whenWritten(() => told.push("written"));
  await settle();

  await store.answer(new Error("connection lost"));
  clock.advance(250);
  await settle();
  deepEqual(told, []);
  await store.answer();

  deepEqual(told, ["written"]);
});

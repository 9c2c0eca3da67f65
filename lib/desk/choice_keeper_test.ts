import { deepEqual } from "node:assert/strict";
import type { Presence } from "@/lib/model/presence.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { settle } from "@/tests/support/visitor_room.ts";
import { ChoiceKeeper } from "./choice_keeper.ts";

Deno.test("[D17] an agent who loses and regains the desk is told again that a choice isn't stored", async () => {
  const clock = new FakeClock();
  const stored: [string, Presence][] = [];
  let isFull = true;
  await using keeper = new ChoiceKeeper(clock, {
    set: (account, presence) => {
      if (isFull) return Promise.reject(new Error("disk full"));
      stored.push([account, presence]);
      return Promise.resolve();
    },
  });
  const told: [Presence, boolean][] = [];
  const choose = (presence: Presence) =>
    keeper.add("otto", presence, (is) => told.push([presence, is]));

  choose("away");
  await settle();
  choose("busy");
  await settle();
  keeper.forget("otto");
  choose("dnd");
  isFull = false;
  clock.advance(30_000);
  await settle();

  deepEqual(told, [["away", false], ["dnd", false], ["dnd", true]]);
  deepEqual(stored, [["otto", "dnd"]]);
});

Deno.test("[D17] only the newest choice counts as stored or not", async () => {
  const clock = new FakeClock();
  const writes: PromiseWithResolvers<void>[] = [];
  await using keeper = new ChoiceKeeper(clock, {
    set() {
      const write = Promise.withResolvers<void>();
      writes.push(write);
      return write.promise;
    },
  });
  const told: [Presence, boolean][] = [];
  const choose = (presence: Presence) =>
    keeper.add("otto", presence, (is) => told.push([presence, is]));
  const diskFull = new Error("disk full");

  choose("away");
  choose("busy");
  writes.at(-1)?.reject(diskFull);
  await settle();
  const atFirst = told.length;
  writes.at(-1)?.reject(diskFull);
  await settle();
  clock.advance(30_000); // The retry waits a random time below this.
  await settle();
  choose("dnd");
  writes.at(-1)?.resolve();
  await settle();
  const before = told.length;
  writes.at(-1)?.resolve();
  await settle();

  deepEqual([writes.length, atFirst, before], [4, 0, 1]);
  deepEqual(told, [["busy", false], ["dnd", true]]);
});

import { deepEqual } from "node:assert/strict";
import type { Presence } from "@/lib/model/presence.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { Heard } from "@/tests/support/heard.ts";
import { PbxPresence } from "./pbx_presence.ts";

Deno.test("[P22] an object without a monitor keeps its state for 500 ms after its link is lost", () => {
  const clock = new FakeClock();
  using presence = new PbxPresence(clock, {
    list: () => Promise.resolve([]),
    set: () => Promise.resolve(),
  });
  const heard = new Heard<Presence>();
  const link = { add() {}, remove() {} };
  presence.watch("sales", heard.tell);

  presence.attach("pbx", link);
  presence.setObjects("pbx", new Map([["sales", "online"]]));
  clock.advance(60_000);
  presence.detach("pbx", link);
  clock.advance(499);
  deepEqual(heard.all, ["offline", "online"]);
  clock.advance(1);

  deepEqual(heard.all, ["offline", "online", "offline"]);
});

/** A board with these last known states. */
function openBoard(cached: Record<string, Presence> = {}) {
  const clock = new FakeClock();
  const list = Object.entries(cached)
    .map(([address, presence]) => ({ address, presence, since: 0 }));
  const board = new PbxPresence(clock, {
    list: () => Promise.resolve(list),
    set: () => Promise.resolve(),
  });
  const watch = (address: string) => {
    const heard = new Heard<Presence>();
    return { heard, watching: board.watch(address, heard.tell) };
  };
  return {
    ...{ clock, board, watch },
    [Symbol.dispose]: () => board[Symbol.dispose](),
  };
}

/** A link that records what is asked of it. */
function aLink() {
  const asked: string[] = [];
  return {
    asked,
    add: (address: string) => void asked.push(`add ${address}`),
    remove: (address: string) => void asked.push(`remove ${address}`),
  };
}

Deno.test("[P21] an address is watched for the others when one of them leaves", () => {
  using room = openBoard();
  const { board, clock, watch } = room;
  const link = aLink();
  board.attach("pbx", link);
  const [first, second] = [watch("sales"), watch("sales")];

  first.watching[Symbol.dispose]();
  first.watching[Symbol.dispose]();
  clock.advance(60_000);
  board.hear("pbx", "sales", "busy");
  second.watching[Symbol.dispose]();
  clock.advance(29_999);
  deepEqual([link.asked, board.watched], [["add sales"], ["sales"]]);
  clock.advance(1);

  deepEqual(second.heard.all, ["offline", "busy"]);
  deepEqual(first.heard.all, ["offline"]);
  deepEqual([link.asked, board.watched], [["add sales", "remove sales"], []]);
});

Deno.test("[P22] a link that was already replaced takes nothing with it", () => {
  using room = openBoard();
  const { board, clock, watch } = room;
  const [old, link] = [aLink(), aLink()];
  const { heard } = watch("sales");
  board.attach("pbx", old);
  board.attach("pbx", link);
  board.hear("pbx", "sales", "online");

  board.detach("pbx", old);
  clock.advance(60_000);
  watch("help");

  deepEqual(heard.all, ["offline", "online"]);
  deepEqual(link.asked, ["add sales", "add help"]);
});

Deno.test("[P23] the last known state is shown to earlier watchers, and until a PBX has an answer", async () => {
  using room = openBoard({ a: "busy", b: "busy", c: "busy" });
  const { board, watch } = room;
  const all = ["a", "b", "c"].map((address) => watch(address).heard);
  await board.load();
  board.attach("pbx", aLink());

  board.hear("pbx", "a", "waiting");
  board.hear("pbx", "b", "unknown");
  board.hear("pbx", "c", "down");

  deepEqual(all.map((heard) => heard.all), [
    ["offline", "busy"],
    ["offline", "busy", "offline"],
    ["offline", "busy", "offline"],
  ]);
});

Deno.test("[P33] an object's PBX is its home, whether it is watched or not", () => {
  using room = openBoard();
  const { board, watch } = room;
  for (const key of ["a", "b"]) board.attach(key, aLink());
  board.setObjects("b", new Map([["sales", "online"]]));

  deepEqual(board.homeOf("sales"), "b");
  watch("sales");
  board.hear("a", "sales", "online");

  deepEqual(board.homeOf("sales"), "b");
  deepEqual(board.homeOf("help"), undefined);
});

Deno.test("a board that is disposed of leaves no timer", async () => {
  const { board, clock, watch } = openBoard({ sales: "busy" });
  await board.load();
  const link = aLink();
  board.attach("a", link);
  watch("sales");
  watch("help").watching[Symbol.dispose]();
  board.hear("a", "sales", "online");

  board[Symbol.dispose]();

  deepEqual(clock.pending, 0);
});

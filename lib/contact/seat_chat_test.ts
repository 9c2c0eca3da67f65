import { deepEqual, equal } from "node:assert/strict";
import type { ContactRecord } from "@/lib/model/contact_record.ts";
import type { ChatChange, RunningChat } from "@/lib/model/running_chat.ts";
import { NOT_COUNTED } from "@/lib/base/counters.ts";
import { fakeChatStore } from "@/tests/support/fake_chat_store.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { settle } from "@/tests/support/visitor_room.ts";
import { ChatKeeper } from "./chat_keeper.ts";
import { SeatChat } from "./seat_chat.ts";

const RUNNING: RunningChat = {
  id: "c1",
  seat: "seat",
  address: "otto",
  visitor: { name: "", widget: { uuid: "", name: "" }, lang: "en" },
  startedAt: 0,
  alerted: true,
  read: { visitor: 0, agent: 0 },
};
const RECORD: ContactRecord = {
  id: "c1",
  widget: "w",
  address: "otto",
  media: "chat",
  startedAt: 0,
  endedAt: 1,
  cause: 16,
  messages: 1,
};

function room() {
  const clock = new FakeClock();
  const changes: ChatChange[] = [];
  let claimed: readonly string[] = [];
  const store = fakeChatStore((some) => {
    changes.push(...some);
    return Promise.resolve(claimed);
  });
  const keeper = new ChatKeeper({ store, clock, counters: NOT_COUNTED });
  let moves = 0;
  const chat = new SeatChat({ keeper, clock }, "seat", () => void moves++);
  const gone = () => changes.filter(({ type }) => type === "gone").length;
  return {
    ...{ clock, chat, changes, gone },
    claim: (id: string) => claimed = [id],
    moves: () => moves,
  };
}

Deno.test("[CHAT23] the messages of an ended chat are deleted after a minute", async () => {
  const { clock, chat, gone } = room();
  chat.resume(RUNNING);
  clock.advance(120_000);
  await settle();
  equal(chat.isKept, true);

  chat.end(RECORD);
  clock.advance(59_999);
  await settle();
  deepEqual([chat.isKept, gone()], [true, 0]);
  clock.advance(1);
  await settle();

  deepEqual([chat.isKept, gone()], [false, 1]);
  equal(clock.pending, 0);
});

Deno.test("[CHAT23] the end of a chat is stored, for a page that has missed it", async () => {
  const { chat, changes } = room();
  chat.resume(RUNNING);

  chat.end(RECORD);
  await settle();

  deepEqual(changes, [
    {
      type: "kept",
      id: "c1",
      chat: { ...RUNNING, ended: RECORD },
      entries: [],
    },
  ]);
});

Deno.test("[CHAT23] a chat that begins within the minute after another one isn't deleted with it", async () => {
  const { clock, chat, changes } = room();
  chat.resume(RUNNING);
  chat.end(RECORD);

  const { address, visitor, startedAt, read } = RUNNING;
  chat.keep({
    ...{ state: "joined", joinedAt: 1, activeAt: 1, read },
    plan: { id: "c2", address, visitor, startedAt },
  });
  clock.advance(600_000);
  await settle();

  equal(chat.isKept, true);
  deepEqual(changes.map(({ id, type }) => `${id} ${type}`), [
    "c1 gone",
    "c2 kept",
  ]);
});

Deno.test("[CHAT23] a chat that ended before a restart is deleted a minute after it", async () => {
  const { clock, chat, gone } = room();
  chat.resume({ ...RUNNING, ended: RECORD });

  clock.advance(59_999);
  await settle();
  equal(gone(), 0);
  clock.advance(1);
  await settle();

  equal(gone(), 1);
});

Deno.test("[CHAT22] a chat that is left to the next process isn't deleted", async () => {
  const { changes, clock, chat, gone } = room();
  chat.resume({ ...RUNNING, ended: RECORD });

  chat.suspend();
  clock.advance(600_000);
  await settle();

  deepEqual([chat.isKept, gone()], [true, 0]);
  deepEqual(changes, [{ type: "parked", id: "c1" }]);
});

Deno.test("[CHAT23] an abandoned chat is deleted once", async () => {
  const { clock, chat, gone } = room();
  chat.resume(RUNNING);
  chat.end(RECORD);

  chat.leave();
  chat.leave();
  clock.advance(600_000);
  await settle();

  deepEqual([chat.isKept, gone()], [false, 1]);
});

Deno.test("[CHAT20] tasks run in order, and wait for the entry before them", async () => {
  const { chat } = room();
  const entry = {
    seq: 1,
    from: "visitor",
    id: "v1",
    text: "",
    time: 0,
  } as const;
  const ran: string[] = [];
  chat.resume(RUNNING);

  chat.run(() => {
    ran.push("first");
    chat.run(() => ran.push("third"));
    ran.push("second");
  });
  chat.add(entry, () => ran.push("shown"));
  chat.run(() => ran.push("behind"));
  const early = ran.length;
  await settle();

  equal(early, 3);
  deepEqual(ran, ["first", "second", "third", "shown", "behind"]);
});

Deno.test("[CHAT24] no task runs behind a change of a chat that was claimed", async () => {
  const { chat, claim, moves } = room();
  const ran: string[] = [];
  chat.resume(RUNNING);
  claim(RUNNING.id);

  chat.add(
    { seq: 1, from: "visitor", id: "v1", text: "", time: 0 },
    () => ran.push("acknowledged"),
  );
  chat.run(() => ran.push("behind"));
  await settle();
  chat.run(() => ran.push("later"));

  deepEqual(ran, []);
  deepEqual([moves(), chat.isKept], [1, false]);
});

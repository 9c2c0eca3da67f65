import { deepEqual, equal } from "node:assert/strict";
import { DeskRoom, turn } from "@/tests/support/desk_room.ts";
import { FakeStorage } from "@/tests/support/fake_storage.ts";
import { LossyDesk } from "@/tests/support/lossy_desk.ts";
import { keepDrafts } from "./drafts.ts";
import { forgetTab, type TabStorage } from "./tab_storage.ts";

async function settle(...pages: LossyDesk[]): Promise<void> {
  for (let n = 0; n < 6; n++) {
    await turn();
    for (const page of pages) await page.deliver();
  }
}

/** A page of the agent in a tab with this storage. */
async function pageIn(storage: TabStorage, room: DeskRoom) {
  const page = new LossyDesk(room);
  const end = keepDrafts(page.desk, { storage, now: () => 0 });
  page.desk.start();
  await settle(page);
  return { page, end };
}

/** A chat that the agent has joined, in a tab with this storage. */
async function joined(storage: TabStorage, room: DeskRoom) {
  const { page, end } = await pageIn(storage, room);
  const chat = await room.openChat("hello");
  await settle(page);
  page.desk.dispatch({ type: "join", chat: chat.id });
  await settle(page);
  return { page, chat, end };
}

const chatsOf = ({ desk }: LossyDesk) => desk.state.value.chats;

Deno.test("a draft survives a reload and stays in its chat", async () => {
  await using room = await DeskRoom.open();
  const storage = new FakeStorage();
  const { page, chat, end } = await joined(storage, room);
  const other = await room.openChat("me too");
  await settle(page);
  page.desk.dispatch({ type: "join", chat: other.id });
  page.desk.dispatch({ type: "draft", chat: chat.id, text: " ORDER 4711\n" });
  await settle(page);

  end();
  page.desk.stop();
  await settle(page);
  const { page: again } = await pageIn(storage, room);

  deepEqual(
    chatsOf(again).map(({ view, draft }) => [view.id, draft]).sort(),
    [[chat.id, " ORDER 4711\n"], [other.id, ""]],
  );
});

Deno.test("a message not confirmed before a reload arrives exactly once", async () => {
  await using room = await DeskRoom.open();
  const storage = new FakeStorage();
  const { page, chat, end } = await joined(storage, room);
  page.isUp = false;
  page.cut();
  page.desk.dispatch({ type: "draft", chat: chat.id, text: "Thank you" });
  page.desk.write(chat.id);
  page.desk.dispatch({ type: "draft", chat: chat.id, text: "and" });

  end();
  const { page: again } = await pageIn(storage, room);
  await settle(again);
  const third = await pageIn(storage, room);
  await settle(again, third.page);

  deepEqual(chat.entries.map(({ text }) => text), ["hello", "Thank you"]);
  equal(chatsOf(again)[0]?.draft, "and");
  equal(chatsOf(again)[0]?.outbox.length, 0);
});

Deno.test("a draft is deleted when it is sent, when the chat ends and on sign-out", async () => {
  await using room = await DeskRoom.open();
  const storage = new FakeStorage();
  storage.setItem("theme", "dark");
  const { page, chat } = await joined(storage, room);
  const draft = (text: string) =>
    page.desk.dispatch({ type: "draft", chat: chat.id, text });
  const counts: number[] = [];

  draft("one");
  counts.push(storage.length);
  page.desk.write(chat.id);
  await settle(page);
  counts.push(storage.length);
  draft("two");
  counts.push(storage.length);
  page.desk.dispatch({ type: "leave", chat: chat.id });
  await settle(page);
  counts.push(storage.length);
  const second = await room.openChat("again");
  await settle(page);
  page.desk.dispatch({ type: "join", chat: second.id });
  await settle(page);
  page.desk.dispatch({ type: "draft", chat: second.id, text: "three" });
  counts.push(storage.length);
  page.session = "signed-out";
  room.hub.tell("signed-out", { account: "id-otto" });
  await settle(page);
  room.clock.advance(1_000);
  await settle(page);
  counts.push(storage.length);

  deepEqual(counts, [2, 1, 2, 1, 2, 1]);
  equal(page.desk.connection.value.state, "signed-out");
});

Deno.test("leaving the page after the sign-out stores no draft", async () => {
  await using room = await DeskRoom.open();
  const storage = new FakeStorage();
  const { page, chat } = await joined(storage, room);
  page.desk.dispatch({ type: "draft", chat: chat.id, text: "one" });
  const before = storage.length;

  forgetTab(storage);
  page.desk.stop();

  deepEqual([before, storage.length], [1, 0]);
});

Deno.test("a full storage or an unreadable draft does no harm", async () => {
  await using room = await DeskRoom.open();
  const storage = new FakeStorage(20);
  const { page, chat, end } = await joined(storage, room);

  page.desk.dispatch({ type: "draft", chat: chat.id, text: "x".repeat(30) });
  const kept = chatsOf(page)[0]?.draft.length;
  end();
  storage.items.set(`desk-draft-${chat.id}`, '{"draft":7}');
  const { page: again } = await pageIn(storage, room);

  equal(kept, 30);
  equal(chatsOf(again)[0]?.draft, "");
});

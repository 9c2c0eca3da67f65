import { deepEqual, equal } from "node:assert/strict";
import { DeskRoom, turn } from "@/tests/support/desk_room.ts";
import { FakeStorage } from "@/tests/support/fake_storage.ts";
import { LossyDesk } from "@/tests/support/lossy_desk.ts";
import { keepShown } from "./kept_view.ts";

async function settle(page: LossyDesk): Promise<void> {
  for (let n = 0; n < 6; n++) {
    await turn();
    await page.deliver();
  }
}

/** A page of the agent in a tab with this storage. */
async function pageIn(storage: FakeStorage, room: DeskRoom) {
  const page = new LossyDesk(room);
  const end = keepShown(page.desk, storage);
  page.desk.start();
  await settle(page);
  return { page, end };
}

const shown = ({ desk }: LossyDesk) => desk.state.value.shown;

Deno.test("keepShown() opens the running chat again after a reload", async () => {
  await using room = await DeskRoom.open();
  const storage = new FakeStorage();
  const first = await pageIn(storage, room);
  const chat = await room.openChat("hello");
  await settle(first.page);
  first.page.desk.dispatch({ type: "join", chat: chat.id });
  await settle(first.page);
  first.end();
  first.page.cut();

  const second = await pageIn(storage, room);

  equal(shown(second.page), chat.id);
  second.page.desk.dispatch({ type: "show", contact: null });
  second.end();
  const third = await pageIn(storage, room);
  equal(shown(third.page), null);
  third.end();
});

Deno.test("keepShown() doesn't open a chat that ended in the meantime", async () => {
  await using room = await DeskRoom.open();
  const storage = new FakeStorage();
  const first = await pageIn(storage, room);
  const chat = await room.openChat("hello");
  await settle(first.page);
  first.page.desk.dispatch({ type: "join", chat: chat.id });
  await settle(first.page);
  first.end();
  first.page.desk.dispatch({ type: "leave", chat: chat.id });
  await settle(first.page);

  const second = await pageIn(storage, room);

  equal(shown(second.page), null);
  second.end();
});

Deno.test("keepShown() stores nothing about an ended chat", async () => {
  await using room = await DeskRoom.open();
  const storage = new FakeStorage();
  const { page, end } = await pageIn(storage, room);
  const chat = await room.openChat("hello");
  await settle(page);
  page.desk.dispatch({ type: "join", chat: chat.id });
  await settle(page);
  equal(storage.length, 1);

  page.desk.dispatch({ type: "leave", chat: chat.id });
  await settle(page);

  equal(storage.length, 0);
  end();
});

Deno.test("keepShown() stores nothing about a running chat after the sign-out", async () => {
  await using room = await DeskRoom.open();
  const storage = new FakeStorage();
  const { page, end } = await pageIn(storage, room);
  const chat = await room.openChat("hello");
  await settle(page);
  page.desk.dispatch({ type: "join", chat: chat.id });
  await settle(page);
  const before = storage.length;

  page.session = "signed-out";
  room.hub.tell("signed-out", { account: "id-otto" });
  await settle(page);
  room.clock.advance(1_000);
  await settle(page);

  equal(page.desk.connection.value.state, "signed-out");
  deepEqual([before, storage.length], [1, 0]);
  end();
});

import { deepEqual, equal } from "node:assert/strict";
import { DeskRoom, turn } from "@/tests/support/desk_room.ts";
import { LossyDesk } from "@/tests/support/lossy_desk.ts";

async function settle(page: LossyDesk): Promise<void> {
  for (let n = 0; n < 4; n++) {
    await turn();
    await page.deliver();
  }
}

async function openDesk(room: DeskRoom): Promise<LossyDesk> {
  const page = new LossyDesk(room);
  page.desk.start();
  await settle(page);
  return page;
}

/** A call that the visitor gives up while it rings. */
async function miss(room: DeskRoom, page: LossyDesk): Promise<string> {
  const { id, leg } = await room.dial();
  await settle(page);
  leg.send({ type: "hang-up", cause: 16 });
  await settle(page);
  return id;
}

Deno.test("a missed call counts until the agent has seen it", async () => {
  await using room = await DeskRoom.open();
  const page = await openDesk(room);
  const { desk } = page;
  const first = await miss(room, page);
  const second = await miss(room, page);
  const missed = desk.attention.value;

  desk.dispatch({ type: "see", contacts: [first] });
  const seen = desk.attention.value;
  desk.dispatch({ type: "show", contact: second });

  deepEqual([missed, seen, desk.attention.value], [2, 1, 0]);
});

Deno.test("a missed call counts until the agent is looking at the page again", async () => {
  await using room = await DeskRoom.open();
  const page = await openDesk(room);
  const { desk } = page;
  desk.dispatch({ type: "watch", watched: false });
  const id = await miss(room, page);
  desk.dispatch({ type: "show", contact: id });
  const away = desk.attention.value;

  desk.dispatch({ type: "watch", watched: true });

  deepEqual([away, desk.attention.value], [1, 0]);
});

Deno.test("a chat that no agent joined counts as missed", async () => {
  await using room = await DeskRoom.open();
  const page = await openDesk(room);
  const chat = await room.openChat("hello");
  await settle(page);

  chat.leg?.send({ type: "close", cause: 16 });
  await settle(page);

  equal(page.desk.attention.value, 1);
});

Deno.test("a declined call, and one that had ended before the page was opened, do not count", async () => {
  await using room = await DeskRoom.open();
  const page = await openDesk(room);
  const { id } = await room.dial();
  await settle(page);
  page.desk.dispatch({ type: "decline", contact: id });
  await settle(page);
  await miss(room, page);

  const later = await openDesk(room);

  equal(page.desk.attention.value, 1);
  equal(later.desk.attention.value, 0);
  equal(later.desk.state.value.calls.length, 2);
});

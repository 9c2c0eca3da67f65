import { deepEqual, equal } from "node:assert/strict";
import { DeskRoom, talking, turn } from "../../tests/support/desk_room.ts";

const over = (heard: { type: string }[]) =>
  heard.filter((event) => event.type === "terminated");

Deno.test("[D13] leaving takes a page offline immediately, ends its call and keeps its chats", async () => {
  await using room = await DeskRoom.open();
  const presences = room.presences();
  const page = room.page().connect();
  const call = await talking(room, page);
  const chat = await room.openChat("hello");
  page.say({ type: "chat-join", chat: chat.id });

  page.leave();
  deepEqual(presences.slice(-1), ["offline"]);
  deepEqual(call.heard.at(-1), { type: "terminated", cause: 16 });
  room.clock.advance(59_000);
  const reloaded = room.page().connect();

  equal(reloaded.last("welcome")?.chats[0]?.state, "joined");
  equal(reloaded.last("chat-entries")?.entries[0]?.text, "hello");
  deepEqual(over(chat.heard), []);
});

Deno.test("[D13] ringing contacts wait for a reload, for a limited time", async () => {
  await using room = await DeskRoom.open();
  const page = room.page().connect();
  const kept = await room.dial();
  page.leave();
  room.clock.advance(2_000);
  const reloaded = room.page().connect();
  const listed = reloaded.last("welcome")?.calls.map(({ state }) => state);

  reloaded.leave();
  room.clock.advance(3_000);

  deepEqual(listed, ["ringing"]);
  deepEqual(kept.heard, [
    { type: "alerting" },
    { type: "terminated", cause: 18 },
  ]);
});

Deno.test("[D13] closing one of two pages changes nothing for visitors", async () => {
  await using room = await DeskRoom.open();
  const presences = room.presences();
  const page = room.page().connect();
  room.page().connect();

  page.leave();
  await turn();

  deepEqual(presences, ["offline", "online"]);
});

Deno.test("[D13] a socket closed without leave counts as lost, whatever its close code", async () => {
  for (const code of [1000, 1001, 1005, 1006, 1012]) {
    await using room = await DeskRoom.open();
    const presences = room.presences();
    const page = room.page().connect();
    const call = await talking(room, page);
    const chat = await room.openChat("hello");
    page.say({ type: "chat-join", chat: chat.id });

    page.end(code);
    room.clock.advance(2_999);
    page.connect({
      calls: [{ call: call.id, heard: 1 }],
      chats: [{ chat: chat.id, seq: 1 }],
    });
    room.clock.advance(10_000);

    deepEqual(presences, ["offline", "online", "busy"], `${code}`);
    deepEqual([over(call.heard), over(chat.heard)], [[], []], `${code}`);
  }
});

Deno.test("[D13] leave closes the socket with 1000 and is rejected before hello", async () => {
  await using room = await DeskRoom.open();
  const early = room.page();
  const page = room.page().connect();

  early.open();
  early.say({ type: "leave" });
  page.say({ type: "leave" });
  page.say({ type: "choose", presence: "dnd" });

  equal(page.closedWith, 1000);
  equal(early.closedWith, undefined);
  equal(early.last("error")?.error, "bad-message");
});

Deno.test("a page that reconnects while the service stops is closed with 1013", async () => {
  const room = await DeskRoom.open();
  const page = room.page().connect();
  const stored = Promise.withResolvers<void>();
  room.choosing = stored.promise;
  page.say({ type: "choose", presence: "away" });

  const stopped = room.bank[Symbol.asyncDispose]();
  await turn();
  const first = page.closedWith;
  page.connect();
  stored.resolve();
  await stopped;

  deepEqual([first, page.closedWith], [1012, 1013]);
  equal(room.clock.pending, 0);
});

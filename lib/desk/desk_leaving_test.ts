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

Deno.test("[D41] an agent who walks through ten pages is never shown as offline, and chats and rings go on", async () => {
  await using room = await DeskRoom.open();
  const presences = room.presences();
  let page = room.page().connect();
  const chat = await room.openChat("hello");
  page.say({ type: "chat-join", chat: chat.id });
  const ringing = await room.openChat("me too");

  for (let n = 0; n < 10; n++) {
    page.say({ type: "leave", moves: true });
    room.clock.advance(7_999);
    page = room.page().connect();
  }

  const states = page.last("welcome")?.chats.map(({ state }) => state);
  deepEqual(presences, ["offline", "online"]);
  deepEqual(states, ["joined", "ringing"]);
  deepEqual([over(chat.heard), over(ringing.heard)], [[], []]);
});

Deno.test("[D41] a page that moves ends its call, and the agent is offline after 8 s without a page", async () => {
  await using room = await DeskRoom.open();
  const presences = room.presences();
  const page = room.page().connect();
  const call = await talking(room, page);

  page.say({ type: "leave", moves: true });
  const left = [...presences];
  room.clock.advance(8_000);

  deepEqual(left, ["offline", "online", "busy", "online"]);
  deepEqual(presences.slice(-1), ["offline"]);
  deepEqual(call.heard.at(-1), { type: "terminated", cause: 16 });
  equal(page.closedWith, 1000);
});

Deno.test("[D41] a connection that is lost within 10 s after moving is that of a page that another one follows", async () => {
  const presencesAfter = async (waitMs: number) => {
    await using room = await DeskRoom.open();
    const presences = room.presences();
    const page = room.page().connect();
    const call = await talking(room, page);
    page.say({ type: "moving" });
    room.clock.advance(waitMs);
    page.end(1001);
    room.clock.advance(3_000);
    room.page().connect();
    return [presences.slice(2), over(call.heard)];
  };

  deepEqual(await presencesAfter(9_999), [["busy"], []]);
  deepEqual(await presencesAfter(10_000), [["busy", "offline", "busy"], []]);
});

Deno.test("[D41] the instance keeps the workspace while a page is about to follow", async () => {
  await using room = await DeskRoom.open();
  const page = room.page().connect();

  page.say({ type: "leave", moves: true });
  const during = room.bank.isUnused("id-otto");
  room.clock.advance(8_000);

  deepEqual([during, room.bank.isUnused("id-otto")], [false, true]);
});

Deno.test("[D42] each page knows how many pages of the agent are connected", async () => {
  await using room = await DeskRoom.open();
  const first = room.page().connect();
  const second = room.page({ id: "two" }).connect();
  const counts = () => first.all("pages").map(({ count }) => count);

  const welcomed = [first, second].map((one) => one.last("welcome")?.pages);
  second.end(1006);
  second.connect();
  room.page({ id: "two" }).connect(); // It replaces its own socket.
  second.leave();

  deepEqual(welcomed, [1, 2]);
  deepEqual(counts(), [2, 1, 2, 2]);
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

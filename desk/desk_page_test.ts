import { deepEqual, equal } from "node:assert/strict";
import { DeskRoom, turn } from "@/tests/support/desk_room.ts";
import { FakeMedia } from "@/tests/support/fake_media.ts";
import { LossyDesk } from "@/tests/support/lossy_desk.ts";
import {
  attentionOf,
  type ChatItem,
  endedOf,
  runningOf,
  unreadElsewhere,
  unreadOf,
} from "./desk_state.ts";

/** A desk in a room, connected. */
async function connected(room: DeskRoom): Promise<LossyDesk> {
  const media = new FakeMedia();
  media.devices.isAsking = true;
  const page = new LossyDesk(room, { media: media.deps() });
  page.desk.start();
  await settle(page);
  return page;
}

/** A chat that the agent at this desk has joined. */
async function joined(room: DeskRoom, page: LossyDesk) {
  const chat = await room.openChat("one");
  await settle(page);
  page.desk.dispatch({ type: "join", chat: chat.id });
  await settle(page);
  return chat;
}

async function settle(...pages: LossyDesk[]): Promise<void> {
  for (let n = 0; n < 4; n++) {
    await turn();
    for (const page of pages) await page.deliver();
  }
}

/** Loses the connection for a moment. */
async function blink(room: DeskRoom, page: LossyDesk): Promise<void> {
  page.cut();
  room.clock.advance(1_000);
  await settle(page);
}

const waiting = ({ desk }: LossyDesk) => desk.waiting.value.length;
const chatOf = ({ desk }: LossyDesk): ChatItem => {
  const [chat] = desk.state.value.chats;
  if (chat === undefined) throw new Error("No chat is there");
  return chat;
};

Deno.test("answering in one of two tabs stops the ringing in both", async () => {
  await using room = await DeskRoom.open();
  const first = await connected(room);
  const second = await connected(room);
  const call = await room.dial();
  await room.openChat("hello");
  await settle(first, second);
  const rang = [waiting(first), waiting(second)];

  first.desk.dispatch({ type: "decline", contact: call.id });
  first.desk.dispatch({ type: "join", chat: chatOf(first).view.id });
  await settle(first, second);

  deepEqual(rang, [2, 2]);
  deepEqual([waiting(first), waiting(second)], [0, 0]);
  equal(runningOf(second.desk.state.value).length, 1);
  equal(endedOf(second.desk.state.value).length, 1);
});

Deno.test("a decision made while disconnected is sent after the reconnect", async () => {
  await using room = await DeskRoom.open();
  const page = await connected(room);
  const call = await room.dial();
  const chat = await room.openChat("hello");
  await settle(page);

  page.isUp = false;
  page.cut();
  page.desk.dispatch({ type: "choose", presence: "dnd" });
  page.desk.dispatch({ type: "decline", contact: call.id });
  page.desk.dispatch({ type: "join", chat: chat.id });
  page.isUp = true;
  room.clock.advance(1_000);
  await settle(page);

  equal(room.choices.get("id-otto"), "dnd");
  equal(page.desk.state.value.presence, "dnd");
  deepEqual(call.heard.at(-1), { type: "terminated", cause: 21 });
  deepEqual(chat.heard.slice(1, 2), [{ type: "joined" }]);
});

Deno.test("a chat ended while disconnected ends after the reconnect", async () => {
  await using room = await DeskRoom.open();
  const page = await connected(room);
  const chat = await joined(room, page);

  page.cut("page");
  page.desk.dispatch({ type: "draft", chat: chat.id, text: "bye" });
  page.desk.write(chat.id);
  page.desk.dispatch({ type: "leave", chat: chat.id });
  room.clock.advance(1_000);
  await settle(page);

  equal(chat.entries.at(-1)?.text, "bye");
  deepEqual(chat.heard.at(-1), { type: "terminated", cause: 16 });
  equal(chatOf(page).view.state, "ended");
});

Deno.test("messages are unread until the agent has the chat in view", async () => {
  await using room = await DeskRoom.open();
  const page = await connected(room);
  const chat = await joined(room, page);
  const shown = unreadOf(chatOf(page));

  page.desk.dispatch({ type: "watch", watched: false });
  chat.say("two");
  await settle(page);
  const away = unreadOf(chatOf(page));
  const attention = attentionOf(page.desk.state.value);
  page.desk.dispatch({ type: "watch", watched: true });
  await settle(page);

  deepEqual([shown, away, unreadOf(chatOf(page))], [0, 1, 0]);
  deepEqual([attention, attentionOf(page.desk.state.value)], [1, 0]);
  deepEqual(
    chat.heard.filter(({ type }) => type === "read"),
    [{ type: "read", seq: 1 }, { type: "read", seq: 2 }],
  );
});

Deno.test("only new messages are announced, not the history after a reload", async () => {
  await using room = await DeskRoom.open();
  const page = await connected(room);
  const chat = await joined(room, page);
  page.desk.dispatch({ type: "show", contact: null });

  chat.say("news", room.clock.now());
  await settle(page);
  room.clock.advance(60_000);
  const reloaded = await connected(room);

  deepEqual(page.notices, ["news"]);
  deepEqual(reloaded.notices, []);
  equal(chatOf(reloaded).entries.length, 2);
});

Deno.test("the visitor's typing is announced when it starts and when it stops", async () => {
  await using room = await DeskRoom.open();
  const page = await connected(room);
  const chat = await joined(room, page);

  for (const text of ["h", "he", "", "h"]) {
    page.desk.dispatch({ type: "draft", chat: chat.id, text });
  }
  page.desk.write(chat.id);
  await settle(page);

  deepEqual(
    chat.heard.flatMap((e) => e.type === "typing" ? e.typing : []),
    [true, false, true],
  );
  equal(chat.entries.at(-1)?.text, "h");
});

Deno.test("the typing indicator of a visitor who disappears times out", async () => {
  await using room = await DeskRoom.open();
  const page = await connected(room);
  const chat = await room.openChat("one");
  await settle(page);

  chat.leg?.send({ type: "typing", typing: true });
  await settle(page);

  const { typingUntil } = chatOf(page);
  equal(typingUntil, room.clock.now() + 15_000);
});

Deno.test("contacts that a restarted service doesn't know have ended", async () => {
  await using room = await DeskRoom.open();
  const page = await connected(room);
  await joined(room, page);

  await room.bank[Symbol.asyncDispose]();
  await room.restart();
  page.cut();
  await blink(room, page);

  const { view } = chatOf(page);
  equal(view.state === "ended" && view.cause, 41);
  equal(page.desk.connection.value.state, "open");
});

Deno.test("a page whose session has ended says so and doesn't reconnect", async () => {
  await using room = await DeskRoom.open();
  const page = await connected(room);
  page.session = "signed-out";

  room.hub.tell("signed-out", { account: "id-otto" });
  await settle(page);
  room.clock.advance(600_000);
  await settle(page);

  deepEqual(page.desk.connection.value, { state: "signed-out" });
});

Deno.test("a call taken in another tab is shown there, not here", async () => {
  await using room = await DeskRoom.open();
  const first = await connected(room);
  const second = await connected(room);
  const call = await room.dial();
  await settle(first, second);

  first.desk.dispatch({ type: "take", call: call.id, video: false });
  second.desk.dispatch({ type: "take", call: call.id, video: false });
  await settle(first);
  await settle(second);

  const mine = [first, second].map(({ desk }) => {
    const view = desk.state.value.calls[0]?.view;
    return view?.state === "taken" && view.mine;
  });
  deepEqual(mine, [true, false]);
  equal(second.desk.media.value, null);
});

Deno.test("a page keeps the running calls and the last 50 finished ones", async () => {
  await using room = await DeskRoom.open();
  const page = await connected(room);
  const chat = await room.openChat("one");
  for (let n = 0; n < 60; n++) {
    const call = await room.dial();
    call.leg.send({ type: "hang-up", cause: n });
    room.clock.advance(1);
    await settle(page);
  }

  const ended = endedOf(page.desk.state.value);

  equal(ended.length, 50);
  deepEqual(
    ended.map(({ view }) => view.state === "ended" && view.cause).at(-1),
    10,
  );
  equal(chatOf(page).view.id, chat.id);
});

Deno.test("unreadElsewhere() returns the chats with unread messages, newest first, without the open one", async () => {
  await using room = await DeskRoom.open();
  const page = await connected(room);
  const chats = [];
  for (let n = 0; n < 3; n++) chats.push(await joined(room, page));
  const [first, second, third] = chats;
  for (const chat of [second, first, third]) {
    room.clock.advance(1_000);
    chat?.say("news");
    await settle(page);
  }

  const ids = () =>
    unreadElsewhere(page.desk.state.value).map(({ view }) => view.id);
  const before = ids();
  page.desk.dispatch({ type: "show", contact: first?.id ?? "" });
  await settle(page);

  deepEqual(before, [first?.id, second?.id]);
  deepEqual(ids(), [second?.id]);
});

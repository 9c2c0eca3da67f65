import { deepEqual, equal } from "node:assert/strict";
import type {
  ChatBefore,
  ChatEntry,
  ChatEvent,
  ChatLeg,
} from "@/lib/contact/ports.ts";
import { DESK_LIMITS } from "@/lib/protocol/desk/limits.ts";
import {
  ADA,
  DeskRoom,
  type PlayedChat,
  turn,
} from "@/tests/support/desk_room.ts";

const ALERTED: ChatBefore = {
  startedAt: 1,
  alerted: true,
  read: { visitor: 0, agent: 0 },
};
const JOINED: ChatBefore = { ...ALERTED, joinedAt: 2 };

/** The bridge that resumes a chat after the one that had it was killed. */
class NextBridge {
  readonly heard: ChatEvent[] = [];
  readonly leg: ChatLeg | undefined;

  constructor(
    room: DeskRoom,
    { id }: PlayedChat,
    { before, entries }: { before: ChatBefore; entries: readonly ChatEntry[] },
  ) {
    this.leg = room.bank.resumeChat(
      {
        id,
        address: "otto",
        visitor: ADA,
        log: { since: (seq) => entries.slice(seq) },
      },
      (event) => this.heard.push(event),
      before,
    );
  }

  messages(): string[] {
    return this.heard.flatMap((event) =>
      event.type === "message" ? event.text : []
    );
  }
}

Deno.test("[D33] resuming a chat that the desk still has creates no second one", async () => {
  await using room = await DeskRoom.open();
  const page = room.page().connect();
  const chat = await room.openChat("one");
  page.say({ type: "chat-join", chat: chat.id });

  const next = new NextBridge(room, chat, {
    before: JOINED,
    entries: chat.entries,
  });
  await turn();
  const views = room.page().connect().last("welcome")?.chats ?? [];
  page.say({ type: "chat-message", chat: chat.id, id: "a", text: "two" });

  deepEqual(views.map(({ id, state, here }) => ({ id, state, here })), [
    { id: chat.id, state: "joined", here: false },
  ]);
  deepEqual(next.messages(), ["two"]);
  equal(page.all("chat-entries").length, 1); // It shows each entry once.
  deepEqual(chat.heard.filter(({ type }) => type === "message"), []);
});

Deno.test("[D33] messages without an entry are sent again in order, and those in the log are not", async () => {
  await using room = await DeskRoom.open();
  const page = room.page().connect();
  const chat = await room.openChat("one");
  page.say({ type: "chat-join", chat: chat.id });
  chat.on = (event) => void chat.heard.push(event); // Killed before it answers.
  for (const id of ["a", "b", "c"]) {
    page.say({ type: "chat-message", chat: chat.id, id, text: `text ${id}` });
  }
  const stored: ChatEntry = {
    seq: 2,
    from: "agent",
    id: "a",
    text: "text a",
    time: 0,
  };

  const next = new NextBridge(room, chat, {
    before: JOINED,
    entries: [...chat.entries, stored],
  });
  await turn();

  deepEqual(next.messages(), ["text b", "text c"]);
  const shown = page.all("chat-entries").flatMap(({ entries }) => entries);
  deepEqual(shown.map(({ seq }) => seq), [1, 2]);
});

Deno.test("[D33] a message that has its entry is not sent again", async () => {
  await using room = await DeskRoom.open();
  const page = room.page().connect();
  const chat = await room.openChat();
  page.say({ type: "chat-join", chat: chat.id });
  page.say({ type: "chat-message", chat: chat.id, id: "a", text: "stored" });

  const next = new NextBridge(room, chat, { before: JOINED, entries: [] });
  await turn();

  deepEqual(next.messages(), []);
});

Deno.test("[D33] the bridge learns what it has not stored: joined, and how far the agent has read", async () => {
  await using room = await DeskRoom.open();
  const page = room.page().connect();
  const chat = await room.openChat("one", "two");
  page.say({ type: "chat-join", chat: chat.id });
  page.say({ type: "chat-read", chat: chat.id, seq: 2 });

  const next = new NextBridge(room, chat, {
    before: { ...ALERTED, alerted: false },
    entries: chat.entries,
  });
  deepEqual(next.heard, []);
  await turn();

  deepEqual(next.heard, [{ type: "joined" }, { type: "read", seq: 2 }]);
});

Deno.test("[D33] a ringing chat rings once, and the bridge learns that the agent was notified", async () => {
  await using room = await DeskRoom.open();
  const page = room.page().connect();
  const chat = await room.openChat();

  const next = new NextBridge(room, chat, {
    before: { ...ALERTED, alerted: false },
    entries: [],
  });
  await turn();
  page.say({ type: "chat-join", chat: chat.id });

  deepEqual(next.heard.map(({ type }) => type), ["alerting", "joined"]);
});

Deno.test("[D33] the leg of the killed bridge does nothing any more", async () => {
  await using room = await DeskRoom.open();
  const page = room.page().connect();
  const chat = await room.openChat();
  page.say({ type: "chat-join", chat: chat.id });

  const next = new NextBridge(room, chat, { before: JOINED, entries: [] });
  await turn();
  chat.leg?.send({ type: "close", cause: 16 });
  next.leg?.send({ type: "visitor", here: true });

  const { state, here } = page.last("chat")?.chat ?? {};
  deepEqual({ state, here }, { state: "joined", here: true });
  const views = room.page().connect().last("welcome")?.chats ?? [];
  deepEqual(views.map((view) => view.state), ["joined"]);
  deepEqual(next.heard, []);
});

Deno.test("[D33] a chat that has ended at the desk ends with the same cause", async () => {
  await using room = await DeskRoom.open();
  const page = room.page().connect();
  const chat = await room.openChat();
  page.say({ type: "chat-join", chat: chat.id });
  page.say({ type: "chat-leave", chat: chat.id });

  const next = new NextBridge(room, chat, { before: JOINED, entries: [] });
  await turn();

  deepEqual(next.heard, [{ type: "terminated", cause: 16 }]);
  equal(room.page().connect().last("welcome")?.chats.length, 1);
});

Deno.test("[D33] a chat that has ended at the desk only because its home, or the agent, was elsewhere continues there", async () => {
  await using room = await DeskRoom.open();
  const page = room.page().connect();
  const chat = await room.openChat();
  page.say({ type: "chat-join", chat: chat.id });
  chat.leg?.send({ type: "close", cause: 41 }); // No home came within 60 s.

  const { entries } = chat;
  const next = new NextBridge(room, chat, { before: JOINED, entries });
  await turn();
  const views = room.page().connect().last("welcome")?.chats ?? [];

  deepEqual(next.heard, []);
  deepEqual(views.map((view) => view.state), ["joined"]);
  equal(page.last("chat")?.chat.state, "joined");
});

Deno.test("[D30] a chat that comes while the agent is away waits 120 s, however long the agent has been away", async () => {
  await using room = await DeskRoom.open();
  const page = room.page().connect();
  const chat = await room.openChat();
  page.say({ type: "chat-join", chat: chat.id });
  chat.leg?.forget?.();
  page.end(1006);
  room.clock.advance(55_000);

  const { entries } = chat;
  const next = new NextBridge(room, chat, { before: JOINED, entries });
  await turn();
  room.clock.advance(119_000);
  deepEqual(next.heard, []);
  room.clock.advance(1_000);

  deepEqual(next.heard, [{ type: "terminated", cause: 41 }]);
});

Deno.test("[D33] 1,000 messages can wait for their numbers, and one more ends the chat", async () => {
  await using room = await DeskRoom.open();
  const page = room.page().connect();
  const chat = await room.openChat();
  page.say({ type: "chat-join", chat: chat.id });
  chat.on = (event) => void chat.heard.push(event);

  for (let n = 0; n <= DESK_LIMITS.unloggedLines; n++) {
    if (n % 250 === 0) room.clock.advance(10_000); // D16
    page.say({ type: "chat-message", chat: chat.id, id: `${n}`, text: "-" });
  }

  const messages = chat.heard.filter(({ type }) => type === "message");
  equal(messages.length, 1_000);
  deepEqual(chat.heard.at(-1), { type: "terminated", cause: 41 });
});

Deno.test("[D33] a chat that moves to another instance disappears without an end, and can return", async () => {
  await using room = await DeskRoom.open();
  const page = room.page().connect();
  const chat = await room.openChat("one");
  page.say({ type: "chat-join", chat: chat.id });
  const before = chat.heard.length;

  chat.leg?.forget?.();
  const empty = room.page().connect().last("welcome")?.chats;
  page.say({ type: "chat-leave", chat: chat.id });
  const next = new NextBridge(room, chat, {
    before: JOINED,
    entries: chat.entries,
  });
  await turn();
  const views = room.page().connect().last("welcome")?.chats ?? [];

  deepEqual(empty, []);
  equal(chat.heard.length, before);
  deepEqual(next.heard, []);
  deepEqual(views.map((view) => view.state), ["joined"]);
});

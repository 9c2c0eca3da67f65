import { deepEqual, equal } from "node:assert/strict";
import type { ChatBefore, ChatEntry, ChatEvent } from "@/lib/contact/ports.ts";
import { ADA, DeskRoom, turn } from "@/tests/support/desk_room.ts";

const ENTRIES: ChatEntry[] = ["one", "two"].map((text, n) => ({
  seq: n + 1,
  from: n === 0 ? "visitor" : "agent",
  id: `${n}`,
  text,
  time: n,
}));
const JOINED: ChatBefore = {
  startedAt: 1,
  alerted: true,
  joinedAt: 2,
  read: { visitor: 2, agent: 1 },
};

async function resume(room: DeskRoom, before: ChatBefore) {
  const heard: ChatEvent[] = [];
  const leg = room.bank.resumeChat(
    {
      id: "c",
      address: "OTTO",
      visitor: ADA,
      log: { since: (seq) => ENTRIES.slice(seq) },
    },
    (event) => heard.push(event),
    before,
  );
  await turn();
  return { heard, leg };
}

Deno.test("[D30] a chat from before the kill is at the desk again, with all its entries", async () => {
  await using room = await DeskRoom.open();
  const presences = room.presences();
  const { heard, leg } = await resume(room, JOINED);
  room.clock.advance(119_999);

  const page = room.page().connect({ chats: [{ chat: "c", seq: 1 }] });
  page.say({ type: "chat-message", chat: "c", id: "a", text: "three" });
  leg?.send({ type: "visitor", here: true });

  const [view] = page.last("welcome")?.chats ?? [];
  deepEqual(view, {
    id: "c",
    visitor: ADA,
    since: 1,
    state: "joined",
    joinedAt: 2,
    here: false,
    visitorRead: 2,
    agentRead: 1,
  });
  deepEqual(page.all("chat-entries").map(({ entries }) => entries), [
    ENTRIES.slice(1),
  ]);
  deepEqual(heard, [{ type: "message", id: "a", text: "three" }]);
  equal(page.last("chat")?.chat.here, true);
  deepEqual(presences, ["offline", "online"]);
});

Deno.test("[D30] a chat that was ringing keeps ringing and can be joined", async () => {
  await using room = await DeskRoom.open();
  const { heard } = await resume(room, {
    startedAt: 1,
    alerted: false,
    read: { visitor: 0, agent: 0 },
  });
  room.clock.advance(60_000);

  const page = room.page().connect();
  page.say({ type: "chat-join", chat: "c" });

  deepEqual(heard.map(({ type }) => type), ["alerting", "joined"]);
});

Deno.test("[D30] a restored chat ends if its agent doesn't return", async () => {
  await using room = await DeskRoom.open();
  const joined = await resume(room, JOINED);
  await using other = await DeskRoom.open();
  const rang = await resume(other, {
    startedAt: 1,
    alerted: true,
    read: { visitor: 0, agent: 0 },
  });

  room.clock.advance(120_000);
  room.clock.advance(1);
  other.clock.advance(120_000);

  deepEqual(joined.heard, [{ type: "terminated", cause: 41 }]);
  equal(rang.heard.length, 1);
  equal(rang.heard[0]?.type, "terminated");
});

Deno.test("[D30] an account that is no longer an agent has no chats", async () => {
  await using room = await DeskRoom.open([]);

  equal((await resume(room, JOINED)).leg, undefined);
});

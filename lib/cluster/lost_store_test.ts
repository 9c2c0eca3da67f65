import { deepEqual } from "node:assert/strict";
import { ClusterRoom } from "@/tests/support/cluster_room.ts";

Deno.test("[CLUSTER12] an instance that has lost the store gives a chat of its own to the instance that has claimed it", async () => {
  const { room, all: [a, b] } = await ClusterRoom.open("a", "b");
  await using _room = room;
  if (a === undefined || b === undefined) throw new Error("no instance");
  const page = await room.connect(a);
  const chat = await room.chat(a);
  page.say({ type: "chat-join", chat: "chat" });
  await room.pass(10);

  room.isStoreAway = true;
  const before = { startedAt: 1, alerted: true, joinedAt: 2 };
  const read = { visitor: 0, agent: 0 };
  const next = await room.resume(b, { ...before, read }, chat.log.since(0));
  page.say({ type: "chat-message", chat: "chat", id: "a1", text: "one" });
  await room.pass(10);

  const texts = ({ heard }: typeof chat) =>
    heard.all.flatMap((event) => event.type === "message" ? [event.text] : []);
  deepEqual([texts(chat), texts(next)], [[], ["one"]]);
});

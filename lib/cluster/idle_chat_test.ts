import { deepEqual, equal } from "node:assert/strict";
import { ClusterRoom } from "@/tests/support/cluster_room.ts";
import type { FakeDeskPage } from "@/tests/support/fake_desk_page.ts";

const LEFT_MS = 300_000;

function isIdle(page: FakeDeskPage): boolean {
  const chat = page.heard.all.flatMap((message) => {
    if (message.type === "welcome") return message.chats;
    return message.type === "chat" ? [message.chat] : [];
  }).at(-1);
  return chat?.state === "joined" && chat.idleEndsAt !== undefined;
}

Deno.test("[CLUSTER8] the warning of an idle chat reaches an agent at another instance, follows the agent to a third one, and the agent keeps the chat from there", async () => {
  const { room, all: [a, b, c] } = await ClusterRoom.open("a", "b", "c");
  await using _room = room;
  const page = await room.connect(b!);
  await room.pass(3_000);
  const chat = await room.chat(a!);
  await room.pass(2_000);
  page.say({ type: "chat-join", chat: "chat" });
  await room.pass(2_000);

  chat.leg.send({ type: "idle", leftMs: LEFT_MS });
  await room.pass(100);
  equal(isIdle(page), true);
  room.kill(b!);
  const moved = await room.connect(c!);
  await room.pass(5_000);
  equal(isIdle(moved), true);
  moved.say({ type: "chat-keep", chat: "chat" });
  await room.pass(100);
  deepEqual(chat.heard.all.at(-1), { type: "keep" });
  chat.leg.send({ type: "idle" });
  await room.pass(100);

  equal(isIdle(moved), false);
});

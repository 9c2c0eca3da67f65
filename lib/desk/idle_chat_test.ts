import { deepEqual, equal } from "node:assert/strict";
import { account, DeskRoom } from "@/tests/support/desk_room.ts";
import { FakeDeskPage } from "@/tests/support/fake_desk_page.ts";

const MINUTE = 60_000;

function endsAt(page: FakeDeskPage): number | undefined {
  const chat = page.last("chat")?.chat;
  return chat?.state === "joined" ? chat.idleEndsAt : undefined;
}

Deno.test("[D38] all pages of the agent show when an idle chat ends, also after a reload, until somebody is active", async () => {
  await using room = await DeskRoom.open();
  const pages = [room.page().connect(), room.page().connect()];
  const chat = await room.openChat("hello");
  pages[0]?.say({ type: "chat-join", chat: chat.id });

  chat.leg?.send({ type: "idle", leftMs: 5 * MINUTE });
  const end = room.clock.wall() + 5 * MINUTE;
  deepEqual(pages.map(endsAt), [end, end]);
  room.clock.advance(MINUTE);
  const again = room.page().connect();
  const [shown] = again.last("welcome")?.chats ?? [];
  equal(shown?.state === "joined" && shown.idleEndsAt, end);
  chat.leg?.send({ type: "idle" });

  deepEqual(pages.map(endsAt), [undefined, undefined]);
});

Deno.test("[D38] an agent who has joined keeps the chat, and no other one does", async () => {
  await using room = await DeskRoom.open([account("otto"), account("ida")]);
  const page = room.page().connect();
  const other = new FakeDeskPage(room.bank, room.accounts[1]!).connect();
  const chat = await room.openChat("hello");
  const keep = { type: "chat-keep", chat: chat.id } as const;

  page.say(keep);
  page.say({ type: "chat-join", chat: chat.id });
  other.say(keep);
  deepEqual(chat.heard.map(({ type }) => type), ["alerting", "joined"]);
  page.say(keep);

  deepEqual(chat.heard.at(-1), { type: "keep" });
});

import { deepEqual, doesNotMatch, equal, match } from "node:assert/strict";
import { LIMITS } from "@/lib/protocol/visitor/limits.ts";
import { DeskRoom, turn } from "@/tests/support/desk_room.ts";
import { buttonsIn, drawn } from "@/tests/support/drawn_desk.tsx";
import { LossyDesk } from "@/tests/support/lossy_desk.ts";
import { ChatPanel } from "./chat_panel.tsx";
import { Rail } from "./rail.tsx";

async function settle(page: LossyDesk): Promise<void> {
  for (let n = 0; n < 4; n++) {
    await turn();
    await page.deliver();
  }
}

/** A desk whose agent has joined a chat with Ada. */
async function openChat(room: DeskRoom) {
  const page = new LossyDesk(room);
  const { desk } = page;
  desk.start();
  await settle(page);
  const chat = await room.openChat("hello");
  await settle(page);
  desk.dispatch({ type: "join", chat: chat.id });
  await settle(page);
  return { page, desk, chat };
}

function panelOf({ desk }: LossyDesk): string {
  const [item] = desk.state.value.chats;
  return item ? drawn(desk, <ChatPanel item={item} />) : "";
}

Deno.test("the chat says how long messages are kept for an absent visitor, and which were never read", async () => {
  await using room = await DeskRoom.open();
  const { page, desk, chat } = await openChat(room);
  chat.leg?.send({ type: "visitor", here: false });
  await settle(page);
  const away = panelOf(page);
  for (const text of ["one", "two"]) {
    desk.dispatch({ type: "draft", chat: chat.id, text });
    desk.write(chat.id);
  }
  await settle(page);

  chat.leg?.send({ type: "close", cause: 16 });
  await settle(page);
  const over = panelOf(page);

  equal(LIMITS.resumeWithinMs, 60_000);
  match(away, /Messages are kept for 60 seconds; then the chat ends\./);
  match(over, /This chat has ended\. Ada was no longer connected\./);
  match(over, /2 messages not read/);
});

Deno.test("Send is enabled if the draft has any visible characters", async () => {
  await using room = await DeskRoom.open();
  const { page, desk, chat } = await openChat(room);
  const canSend = ["", "\u202e \u0007\n", "\u202ehi"].map((text) => {
    desk.dispatch({ type: "draft", chat: chat.id, text });
    return buttonsIn(panelOf(page)).includes("Send");
  });

  deepEqual(canSend, [false, false, true]);
});

Deno.test("messages that the visitor had read before the end aren't marked as unread", async () => {
  await using room = await DeskRoom.open();
  const { page, desk, chat } = await openChat(room);
  desk.dispatch({ type: "draft", chat: chat.id, text: "one" });
  desk.write(chat.id);
  await settle(page);
  const [item] = desk.state.value.chats;
  const seq = item?.entries.at(-1)?.seq ?? 0;
  chat.leg?.send({ type: "read", seq });
  chat.leg?.send({ type: "close", cause: 16 });
  await settle(page);

  doesNotMatch(panelOf(page), /not read|no longer connected/);
});

Deno.test("the list says that a visitor is typing, without repeating the name", async () => {
  await using room = await DeskRoom.open();
  const { page, desk, chat } = await openChat(room);
  chat.leg?.send({ type: "typing", typing: true });
  await settle(page);

  const html = drawn(desk, <Rail />);

  match(html, /<em>is typing …<\/em>/);
});

import { deepEqual, match, ok } from "node:assert/strict";
import { CAUSE } from "@/lib/base/causes.ts";
import { en } from "@/lib/i18n/desk/en.ts";
import type { ChatView } from "@/lib/protocol/desk/service_messages.ts";
import { ADA, DeskRoom, turn } from "@/tests/support/desk_room.ts";
import { buttonsIn, drawn } from "@/tests/support/drawn_desk.tsx";
import { LossyDesk } from "@/tests/support/lossy_desk.ts";
import { showChat } from "./chat_step.ts";
import { type ChatItem, type HandingOver, newChat } from "./desk_state.ts";
import { canHandOver, handoverOf, stepChatHandover } from "./handover_step.ts";
import { ringTitle } from "./names.ts";
import { endReason } from "./outcome.ts";
import { Conversation } from "./view/conversation.tsx";

const chat = "chat-1";
const BASE = {
  ...{ id: chat, visitor: ADA, since: 0, here: true },
  ...{ visitorRead: 0, agentRead: 2 },
};
const JOINED: ChatView = { ...BASE, state: "joined", joinedAt: 1 };
const BOB = { id: "h1", to: "bob", name: "Bob", note: "VIP" };

function handOver(item: ChatItem, handover: HandingOver) {
  return stepChatHandover(item, { type: "hand-over", contact: chat, handover });
}

Deno.test("[D48] an invitation is shown until the colleague is in the chat, and then nobody else can be asked", () => {
  const { item, effects } = handOver(newChat(JOINED), {
    ...{ ...BOB, isInvite: true },
  });
  const message = { type: "chat-invite", chat, id: "h1", to: "bob" } as const;
  deepEqual(effects, [{ type: "say", message: { ...message, note: "VIP" } }]);
  deepEqual(handoverOf(item), {
    ...{ state: "offered", id: "h1", to: "Bob", isInvite: true },
  });

  const together = showChat(item, { ...JOINED, others: ["Bob"] }).item;

  deepEqual(handoverOf(together), undefined);
  deepEqual(canHandOver(together), false);
  deepEqual(handOver(together, BOB).effects, []);
  deepEqual(canHandOver(showChat(together, JOINED).item), true);
});

Deno.test("[D48] the colleague sees who invites, and that the invitation is over", () => {
  const offeredBy = { name: "Otto", note: "", isInvite: true } as const;
  const over = newChat({
    ...{ ...BASE, offeredBy, state: "ended", endedAt: 9 },
    cause: CAUSE.noAnswer,
  });

  deepEqual(
    [
      ringTitle(newChat({ ...BASE, offeredBy, state: "ringing" }), en),
      endReason(over, en),
    ],
    [
      "Otto invites you to the chat with Ada",
      "Otto no longer needs you in the chat.",
    ],
  );
});

Deno.test("[D48] the desk names the other agent of a chat, and offers to leave it", async () => {
  await using room = await DeskRoom.open();
  const page = new LossyDesk(room);
  const { desk } = page;
  const settle = async () => {
    for (let n = 0; n < 6; n++) {
      await turn();
      await page.deliver();
    }
  };
  desk.start();
  await settle();
  const { id, leg } = await room.openChat("hello");
  await settle();
  desk.dispatch({ type: "join", chat: id });
  await settle();

  leg?.send({ type: "agents", others: ["Bob"] });
  const entry = { seq: 2, from: "agent", id: "b1", text: "Hi" } as const;
  leg?.send({
    type: "entry",
    entry: { ...entry, time: 9, leg: `${id}.1h`, name: "Bob" },
  });
  await settle();
  const [item] = desk.state.value.chats;
  const html = item ? drawn(desk, <Conversation item={item} />) : "";

  match(html, /Bob is in this chat, too\./);
  match(html, />Bob:</);
  ok(buttonsIn(html).includes("Leave chat"));
  ok(!buttonsIn(html).includes("Hand over"));
  ok(!buttonsIn(html).includes("End chat"));
});

import { deepEqual } from "node:assert/strict";
import type { ChatView } from "@/lib/protocol/desk/service_messages.ts";
import { ADA } from "@/tests/support/desk_room.ts";
import { loseChat, resumeChat } from "./chat_step.ts";
import { type ChatItem, newChat, newDesk } from "./desk_state.ts";
import { hear } from "./hear.ts";

const chat = "chat-1";
const BASE = {
  ...{ id: chat, visitor: ADA, since: 0, here: true },
  ...{ visitorRead: 0, agentRead: 2 },
};
const RINGING: ChatView = { ...BASE, state: "ringing" };
const JOINED: ChatView = { ...BASE, state: "joined", joinedAt: 1 };
const ENDED: ChatView = { ...BASE, state: "ended", endedAt: 9, cause: 16 };

/** Returns what a page repeats after a lost socket if the service sends `view`. */
function again(view: ChatView, known: Partial<ChatItem>) {
  const { effects } = resumeChat({ ...newChat(JOINED), ...known }, view);
  return effects.map((effect) => effect.type === "say" && effect.message);
}

Deno.test("[D18] decisions about a ringing chat are sent again", () => {
  const ringing = { type: "ringing", contact: chat };

  deepEqual(again(RINGING, {}), [ringing]);
  deepEqual(again(RINGING, { pending: "join" }), [
    ringing,
    { type: "chat-join", chat },
  ]);
  deepEqual(again(RINGING, { pending: "decline" }), [
    ringing,
    { type: "chat-decline", chat },
  ]);
  deepEqual(again(JOINED, { pending: "join" }), []);
  deepEqual(again(JOINED, { pending: "decline" }), []);
  deepEqual(again(JOINED, { pending: "leave" }), [{
    type: "chat-leave",
    chat,
  }]);
});

Deno.test("[D18] messages that may not have arrived and the read position are sent again", () => {
  const outbox: ChatItem["outbox"] = [{ id: "1", text: "Hello", time: 0 }];
  const view: ChatView = { ...JOINED, agentRead: 3 };

  deepEqual(again(JOINED, { outbox, view }), [
    { type: "chat-message", chat, id: "1", text: "Hello" },
    { type: "chat-read", chat, seq: 3 },
  ]);
  deepEqual(again({ ...JOINED, agentRead: 3 }, { view }), []);
});

Deno.test("[D18] messages are sent again for a chat that comes back after a welcome without it, and not for one that changes", () => {
  const outbox: ChatItem["outbox"] = [{ id: "1", text: "Hello", time: 0 }];
  const known: ChatItem = { ...newChat(JOINED), outbox };
  const after = (item: ChatItem) =>
    hear({ ...newDesk("online"), chats: [item] }, {
      type: "chat",
      chat: JOINED,
    }, 0);

  const { state, effects } = after(loseChat(known, 0));

  deepEqual(effects, [{
    type: "say",
    message: { type: "chat-message", chat, id: "1", text: "Hello" },
  }]);
  deepEqual(state.chats, [known]);
  deepEqual(after(known).effects, []);
});

Deno.test("[D18] nothing is sent again for a chat that has ended", () => {
  const outbox: ChatItem["outbox"] = [{ id: "1", text: "Hello", time: 0 }];
  const view: ChatView = { ...JOINED, agentRead: 3 };

  deepEqual(again(ENDED, { outbox, view, pending: "leave" }), []);
});

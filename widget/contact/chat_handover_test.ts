import { deepEqual, equal } from "node:assert/strict";
import type { ContactMessage } from "@/lib/protocol/visitor/contact_messages.ts";
import { newChat, type PageChatEvent, stepChat } from "./chat.ts";
import type { PageChat } from "./chat_state.ts";

function walk(chat: PageChat, ...messages: ContactMessage[]): PageChat {
  return messages.reduce((state, message) => {
    const told: PageChatEvent = { type: "told", message };
    return stepChat(state, told, 5_000).state;
  }, chat);
}

Deno.test("[CHAT29] the chat says who has joined when another agent has it, once", () => {
  const begun = stepChat(
    newChat({ id: "otto", name: "Otto" }, "", "c1"),
    { type: "say", id: "a", text: "Hello" },
    5_000,
  ).state;
  const joined: ContactMessage = { mt: "ChatInfo", state: "connected" };
  const byBob: ContactMessage = { ...joined, dn: "Bob" };

  const chat = walk(begun, joined, byBob, byBob, joined);

  deepEqual(
    chat.lines.flatMap((line) =>
      line.type === "note" ? [[line.note, line.name]] : []
    ),
    [["joined", "Otto"], ["joined", "Bob"]],
  );
  equal(chat.agent.name, "Bob");
});

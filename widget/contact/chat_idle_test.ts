import { deepEqual, equal } from "node:assert/strict";
import type { ClientMessage } from "@/lib/protocol/visitor/client_messages.ts";
import type { ContactMessage } from "@/lib/protocol/visitor/contact_messages.ts";
import { newChat, type PageChatEvent, stepChat } from "./chat.ts";
import type { PageChat } from "./chat_state.ts";

const NOW = 5_000;

/** Returns a joined chat after these events, and what its page has sent. */
function after(...events: PageChatEvent[]) {
  const say: ClientMessage[] = [];
  let chat: PageChat = {
    ...newChat({ id: "columbia", name: "Columbia" }, "", "c1"),
    ...{ state: "joined", created: true, seq: 1 },
  };
  for (const event of events) {
    const step = stepChat(chat, event, NOW);
    chat = step.state;
    say.push(...step.effects.map(({ message }) => message));
  }
  return { chat, say };
}

const told = (message: ContactMessage): PageChatEvent => ({
  type: "told",
  message,
});

Deno.test("an idle chat shows when it ends, until somebody is active, the page reconnects or the chat ends", () => {
  const idle = told({ mt: "ChatIdle", seconds: 300, contact: "c1" });
  const over = told({ mt: "ChatInfo", state: "terminated", cause: 16 });
  const ends = (...events: PageChatEvent[]) =>
    after(idle, ...events).chat.idleEndsAt;

  equal(ends(), 305_000);
  equal(ends(told({ mt: "ChatIdle" })), 0);
  equal(ends(told({ mt: "ChatInfo", state: "connected" })), 0);
  equal(ends(over), 0);
  equal(ends(told({ mt: "ChatIdle", contact: "c2" })), 305_000);
});

Deno.test("the visitor keeps a running chat, and one that has ended for being idle says so", () => {
  const end = told({ mt: "ChatInfo", state: "terminated", cause: 31 });

  const kept = after({ type: "keep" });
  const ended = after(end);

  deepEqual(kept.say, [{ mt: "KeepChat" }]);
  const [line] = ended.chat.lines;
  equal(line?.type === "note" && line.note, "closedIdle");
});

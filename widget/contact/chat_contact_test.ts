import { deepEqual, equal } from "node:assert/strict";
import type { ClientMessage } from "@/lib/protocol/visitor/client_messages.ts";
import type { ContactMessage } from "@/lib/protocol/visitor/contact_messages.ts";
import { newChat, type PageChatEvent, resumedChat, stepChat } from "./chat.ts";
import type { PageChat } from "./chat_state.ts";

const agent = { id: "columbia", name: "Columbia" };

function walk(chat: PageChat, ...events: PageChatEvent[]) {
  const say: ClientMessage[] = [];
  for (const event of events) {
    const step = stepChat(chat, event, 5_000);
    chat = step.state;
    say.push(...step.effects.map(({ message }) => message));
  }
  return { chat, say, said: say.map(({ mt }) => mt) };
}

const told = (message: ContactMessage): PageChatEvent => ({
  type: "told",
  message,
});
const say = (id: string): PageChatEvent => ({
  type: "say",
  id,
  text: `text ${id}`,
});
const ack = (id: string, seq: number) =>
  told({ mt: "ChatAck", id, seq, time: 1 });
const order = ({ lines }: PageChat) =>
  lines.map((line) =>
    line.type === "note"
      ? line.note
      : line.seq ?? (line.type === "own" ? line.id : NaN)
  );

Deno.test("messages for the contact of another chat change nothing", () => {
  const of = (contact: string): ContactMessage[] => [
    { mt: "ChatInfo", state: "connected", contact },
    { mt: "ChatMessage", seq: 7, text: "Hello", time: 1, contact },
    { mt: "ChatTyping", typing: true, contact },
    { mt: "ChatInfo", state: "terminated", cause: 16, contact },
  ];
  const { chat } = walk(newChat(agent, "", "c1"), say("a"));

  deepEqual(walk(chat, ...of("c0").map(told)).chat, chat);
  equal(walk(chat, ...of("c1").map(told)).chat.state, "over");
});

Deno.test("a chat that may not have reached the service is created again, with its messages", () => {
  const resumed: PageChatEvent = { type: "reconnected", resumed: true };
  const begun = walk(newChat(agent, "", "c1"), say("a"), resumed);
  const answered = walk(
    newChat(agent, "", "c1"),
    say("a"),
    ack("a", 1),
    resumed,
  );

  deepEqual(begun.said.slice(2), ["CreateChat", "ChatMessage"]);
  deepEqual(answered.said.slice(2), []);
});

Deno.test("the tab's next page sends what may not have reached the service", () => {
  const lines = [{ type: "own", id: "b", text: "two", time: 1 }] as const;
  const { chat, say: all } = walk(
    resumedChat({
      agent,
      visitor: "",
      contact: "c1",
      lines,
      before: true,
      seen: 0,
    }),
    { type: "reconnected", resumed: true },
    told({ mt: "ChatMessage", seq: 1, text: "one", time: 1, own: "a" }),
    ack("b", 2),
  );

  deepEqual(all, [{ mt: "ChatMessage", id: "b", text: "two", contact: "c1" }]);
  deepEqual(order(chat), [1, 2]);
});

Deno.test("after a page change no notice appears above the earlier messages", () => {
  const next = resumedChat({
    agent,
    visitor: "",
    contact: "c1",
    lines: [],
    before: true,
    seen: 0,
  });
  const joined: PageChatEvent = {
    type: "told",
    message: { mt: "ChatInfo", state: "connected", dn: "Ada" },
  };
  const first: PageChatEvent = {
    type: "told",
    message: { mt: "ChatMessage", seq: 1, text: "a", time: 1, own: "a" },
  };
  const linesAfter = (...events: PageChatEvent[]) =>
    events.reduce((chat, event) => stepChat(chat, event, 0).state, next).lines
      .map(({ type }) => type);

  deepEqual(linesAfter(joined, first), ["own"]);
  deepEqual(linesAfter(first, joined), ["own", "note"]);
});

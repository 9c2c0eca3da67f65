import { deepEqual, equal } from "node:assert/strict";
import type { ContactMessage } from "@/lib/protocol/visitor/contact_messages.ts";
import { newChat, type PageChatEvent, resumedChat, stepChat } from "./chat.ts";
import { unread } from "./chat_lines.ts";
import type { PageChat } from "./chat_state.ts";

const agent = { id: "ada", name: "Ada" };
const say: PageChatEvent = { type: "say", id: "a", text: "Hello" };
const leave: PageChatEvent = { type: "leave" };
const told = (message: ContactMessage): PageChatEvent => ({
  type: "told",
  message,
});
const alerting = told({ mt: "ChatInfo", state: "alerting" });
const joined = told({ mt: "ChatInfo", state: "connected", dn: "Ada" });
const over = told({ mt: "ChatInfo", state: "terminated", cause: 16 });

/** Runs events; `said` are the names of the messages of the last one. */
function walk(chat: PageChat, ...events: PageChatEvent[]) {
  let said: string[] = [];
  for (const event of events) {
    const step = stepChat(chat, event, 5_000);
    chat = step.state;
    said = step.effects.map(({ message }) => message.mt);
  }
  const notes = chat.lines.flatMap((line) =>
    line.type === "note" ? [line.note] : []
  );
  return { chat, said, notes };
}

const fresh = () => newChat(agent, "", "c1");
const resumed = () =>
  resumedChat({
    agent,
    visitor: "",
    contact: "c1",
    lines: [],
    before: true,
    seen: 0,
  });

Deno.test("a chat that is over sends nothing more and adds no line", () => {
  const ended = walk(fresh(), say, joined, over);
  const late: PageChatEvent[] = [
    say,
    leave,
    over,
    joined,
    alerting,
    { type: "typing", typing: true },
    { type: "look", seq: 9 },
    { type: "reconnected", resumed: true },
    { type: "reconnected", resumed: false },
  ];

  for (const event of late) {
    const { chat, said } = walk(ended.chat, event);

    deepEqual([said, chat.state], [[], "over"], JSON.stringify(event));
    deepEqual(chat.lines, ended.chat.lines, JSON.stringify(event));
  }
});

Deno.test("a draft that is left isn't ended at the service, which doesn't know it", () => {
  deepEqual(walk(fresh(), leave).said, []);
  deepEqual(walk(fresh(), say, leave).said, ["ClearChat"]);
});

Deno.test("the visitor reads once that the agent was notified and has joined", () => {
  const { notes, chat } = walk(
    fresh(),
    say,
    alerting,
    alerting,
    joined,
    alerting,
    joined,
  );

  deepEqual([notes, chat.state], [["notified", "joined"], "joined"]);
});

Deno.test("on the next page a chat may still have to be notified", () => {
  const { notes, chat } = walk(resumed(), alerting);

  deepEqual([notes, chat.state], [["notified"], "notified"]);
});

Deno.test("the agent has read nothing of a new chat, and typing is not reading", () => {
  const begun = walk(fresh(), say, joined);
  const typing = walk(begun.chat, told({ mt: "ChatTyping", typing: true }));
  const read = walk(typing.chat, told({ mt: "ChatRead", seq: 1 }));
  const older = walk(read.chat, told({ mt: "ChatRead", seq: 0 }));

  const states = [begun, typing, read, older].map(({ chat }) => [
    chat.agentRead,
    chat.agentTyping,
  ]);
  deepEqual(states, [[0, false], [0, true], [1, true], [1, true]]);
});

Deno.test("typing ends with the agent's message and with the chat", () => {
  const typing = walk(
    fresh(),
    say,
    joined,
    told({ mt: "ChatTyping", typing: true }),
  );
  const answer = told({ mt: "ChatMessage", seq: 2, text: "Hi", time: 1 });

  equal(walk(typing.chat, answer).chat.agentTyping, false);
  equal(walk(typing.chat, over).chat.agentTyping, false);
});

Deno.test("the first message of the agent is unread, whatever its number", () => {
  const first = told({ mt: "ChatMessage", seq: 1, text: "Hi", time: 1 });

  equal(unread(walk(fresh(), say, joined, first).chat), 1);
});

Deno.test("a message of the visitor that the service repeats shows once, with its first time", () => {
  const again = (time: number) =>
    told({ mt: "ChatMessage", seq: 1, text: "Hello", time, own: "a" });
  const pending = walk(fresh(), say, again(7));
  const twice = walk(pending.chat, again(8));
  const nextPage = walk(resumed(), again(7), again(8));
  const acknowledged = walk(
    twice.chat,
    told({ mt: "ChatAck", id: "a", seq: 1, time: 9 }),
    told({ mt: "ChatAck", id: "unknown", seq: 2, time: 9 }),
  );

  for (const { chat } of [pending, twice, nextPage, acknowledged]) {
    deepEqual(chat.lines, [
      { type: "own", id: "a", text: "Hello", time: 7_000, seq: 1 },
    ]);
  }
});

import { deepEqual } from "node:assert/strict";
import { newCall, type PageCall } from "../call/call_state.ts";
import { newChat } from "./chat.ts";
import type { PageChat } from "./chat_state.ts";
import type { CallDesk } from "../call/port.ts";
import { clearsOf, knownOf, runsWithOther } from "./known.ts";

function call(state: PageCall["state"]): PageCall {
  const agent = { id: "ada", name: "Ada" };
  return { ...newCall({ agent, visitor: "Bob", contact: "call-1" }), state };
}

function chat(state: PageChat["state"]): PageChat {
  const agent = { id: "ada", name: "Ada" };
  const made = newChat(agent, "Bob", "chat-1");
  return { ...made, state, seq: 7 };
}

Deno.test("a page that resumes names the call and chat that the service knows", () => {
  const states = ["preparing", "calling", "alerting", "connected", "ended"];

  deepEqual(knownOf(undefined, undefined), { seq: 0 });
  deepEqual(
    states.map((state) => knownOf(undefined, call(state as PageCall["state"]))),
    [
      { seq: 0 },
      { seq: 0 },
      { seq: 0, call: "call-1" },
      { seq: 0, call: "call-1" },
      { seq: 0 },
    ],
  );
  deepEqual(knownOf(chat("joined"), undefined), { seq: 7, chat: "chat-1" });
});

Deno.test("only contacts that ended on the page are cleared again", () => {
  const clears = (one?: PageChat, other?: PageCall) =>
    clearsOf(one, other).map(({ mt }) => mt);

  deepEqual(clears(), ["ClearCall", "ClearChat"]);
  deepEqual(clears(chat("over"), call("ended")), ["ClearCall", "ClearChat"]);
  deepEqual(clears(undefined, call("preparing")), ["ClearCall", "ClearChat"]);
  deepEqual(clears(chat("joined"), call("calling")), []);
  deepEqual(clears(chat("joined"), call("connected")), []);
});

Deno.test("a running contact of the same kind with another agent is in the way, and no other", () => {
  const desk = (state: PageCall["state"], running: boolean) =>
    ({ running, call: call(state) }) as CallDesk;
  const withAda = { chat: chat("joined"), call: desk("connected", true) };
  const ended = { chat: chat("over"), call: desk("ended", false) };
  const isInTheWay = (
    all: Parameters<typeof runsWithOther>[0],
    agent: string,
  ) =>
    (["chat", "voice"] as const).map((kind) => runsWithOther(all, kind, agent));

  deepEqual(isInTheWay(withAda, "ada"), [false, false]);
  deepEqual(isInTheWay(withAda, "bob"), [true, true]);
  deepEqual(isInTheWay({ ...withAda, call: undefined }, "bob"), [true, false]);
  deepEqual(isInTheWay({ ...withAda, chat: undefined }, "bob"), [false, true]);
  deepEqual(isInTheWay(ended, "bob"), [false, false]);
});

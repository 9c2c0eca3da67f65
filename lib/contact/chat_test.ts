import { deepEqual, equal } from "node:assert/strict";
import { ADA, brief, chatOver, TestBridge } from "@/tests/support/bridge.ts";
import type { ChatCommand } from "./ports.ts";

const MESSAGE = "message" as const;

function entries(commands: readonly ChatCommand[]): (string | number)[][] {
  return commands.flatMap((command) =>
    command.type === "entry"
      ? [[command.entry.seq, command.entry.from, command.entry.text]]
      : []
  );
}

Deno.test("[CHAT1] entries of both sides share one sequence and reach both sides", () => {
  const bridge = new TestBridge();
  const chat = bridge.join();
  const time = bridge.clock.now() / 1_000;
  bridge.clock.advance(1_999);

  bridge.page.message("v1", "Hello");
  chat.emit({ type: MESSAGE, id: "a1", text: "Good day" });
  bridge.page.message("v2", "How are you?");

  deepEqual(entries(chat.commands.all), [
    [1, "visitor", "Hello"],
    [2, "agent", "Good day"],
    [3, "visitor", "How are you?"],
  ]);
  deepEqual(bridge.told, [
    { mt: "ChatAck", id: "v1", seq: 1, time: time + 1 },
    { mt: "ChatMessage", seq: 2, text: "Good day", time: time + 1 },
    { mt: "ChatAck", id: "v2", seq: 3, time: time + 1 },
  ]);
});

Deno.test("[CHAT2] a repeated id is acknowledged again and adds no entry", () => {
  const bridge = new TestBridge();
  const chat = bridge.join();

  bridge.page.message("1", "Hello");
  bridge.page.message("1", "Hello");
  chat.emit({ type: MESSAGE, id: "1", text: "Good day" });
  chat.emit({ type: MESSAGE, id: "1", text: "Good day" });

  deepEqual(brief(bridge.told), ["ChatAck", "ChatAck", "ChatMessage"]);
  deepEqual(bridge.told[0], bridge.told[1]);
  deepEqual(entries(chat.commands.all), [
    [1, "visitor", "Hello"],
    [2, "agent", "Good day"],
    [2, "agent", "Good day"],
  ]);
});

Deno.test("[CHAT3] messages sent before the agent joins are delivered on joining", () => {
  const bridge = new TestBridge();
  const chat = bridge.openChat();

  bridge.page.message("v1", "Hello");
  chat.emit({ type: "joined" });

  deepEqual(chat.visitorTexts, ["Hello"]);
  deepEqual(entries(chat.commands.all), [[1, "visitor", "Hello"]]);
  deepEqual(brief(bridge.told), ["ChatAck", "ChatInfo connected"]);
});

Deno.test("[CHAT4] typing is passed on, and the read position only moves forward within the log", () => {
  const bridge = new TestBridge();
  const chat = bridge.join();
  bridge.page.message("v1", "Hello");
  chat.emit({ type: MESSAGE, id: "a1", text: "Good day" });
  bridge.look();
  const before = chat.commands.all.length;

  for (const seq of [3, 2, 2, 1]) {
    bridge.page.read(seq);
    chat.emit({ type: "read", seq });
  }
  bridge.page.typing(true);
  chat.emit({ type: "typing", typing: false });

  deepEqual(bridge.told, [
    { mt: "ChatRead", seq: 2 },
    { mt: "ChatTyping", typing: false },
  ]);
  deepEqual(chat.commands.all.slice(before), [
    { type: "read", seq: 2 },
    { type: "typing", typing: true },
  ]);
});

Deno.test("[CHAT5] alerting and connected are sent at most once each", () => {
  const bridge = new TestBridge();
  const chat = bridge.openChat();

  chat.emit({ type: "alerting" });
  chat.emit({ type: "alerting" });
  chat.emit({ type: "joined", name: "Ben" });
  chat.emit({ type: "joined" });
  chat.emit({ type: "alerting" });

  deepEqual(bridge.told, [
    { mt: "ChatInfo", state: "alerting" },
    { mt: "ChatInfo", state: "connected", dn: "Ben" },
  ]);
});

Deno.test("[CHAT6] a page that resumes gets the state and the entries it missed", () => {
  const bridge = new TestBridge();
  const chat = bridge.join();
  bridge.page.message("v1", "one");
  chat.emit({ type: MESSAGE, id: "a1", text: "two" });
  bridge.page.message("v2", "three");
  chat.emit({ type: "read", seq: 3 });
  bridge.look();

  bridge.page.back(1);
  const missed = bridge.look();
  bridge.page.back(99);

  const time = bridge.clock.now() / 1_000;
  deepEqual(missed, [
    { mt: "ChatInfo", state: "connected" },
    { mt: "ChatMessage", seq: 2, text: "two", time },
    { mt: "ChatMessage", seq: 3, text: "three", time, own: "v2" },
    { mt: "ChatRead", seq: 3 },
  ]);
  deepEqual(brief(bridge.told), ["ChatInfo connected", "ChatRead"]);
});

Deno.test("[CHAT6] a page that resumes gets the agent's read position, if there is one", () => {
  const bridge = new TestBridge();
  const chat = bridge.join();
  bridge.page.message("v1", "one");
  bridge.look();

  bridge.page.back(1);
  const unread = bridge.look();
  chat.emit({ type: "read", seq: 1 });
  bridge.look();
  bridge.page.back(1);

  const state = { mt: "ChatInfo", state: "connected" };
  deepEqual(unread, [state]);
  deepEqual(bridge.told, [state, { mt: "ChatRead", seq: 1 }]);
});

Deno.test("[CHAT7] the end is sent once, and after the missed entries if the page resumes", () => {
  const bridge = new TestBridge();
  const chat = bridge.join();
  chat.emit({ type: MESSAGE, id: "a1", text: "Bye" });
  bridge.look();

  bridge.page.clearChat();
  bridge.page.clearChat();
  chat.tellPeer({ type: "terminated", cause: 27 });
  const ended = bridge.look();
  bridge.page.back(0);

  deepEqual(ended, [chatOver(16)]);
  deepEqual(chat.commands.all.at(-1), { type: "close", cause: 16 });
  deepEqual(brief(bridge.told), ["ChatMessage", "ChatInfo terminated"]);
});

Deno.test("[CHAT8] a second CreateChat gets busy, and the first chat continues", () => {
  const bridge = new TestBridge();
  const chat = bridge.join();

  bridge.page.createChat({ address: "atlantis", visitor: ADA });
  bridge.page.message("v1", "Hello");

  deepEqual(brief(bridge.told), ["ChatInfo terminated", "ChatAck"]);
  deepEqual(bridge.told[0], chatOver(17));
  equal(chat.visitorTexts.length, 1);
  equal(bridge.chats.length, 1);
});

Deno.test("[CHAT9] a message without a chat is ignored, a known one acknowledged", () => {
  const bridge = new TestBridge();
  bridge.page.message("v1", "Hello?");
  const never = bridge.look();
  const chat = bridge.join();
  bridge.page.message("v1", "Hello");
  chat.end(16);
  bridge.look();

  bridge.page.message("v1", "Hello");
  bridge.page.message("v2", "Still there?");

  deepEqual(never, [chatOver(41)]);
  deepEqual(brief(bridge.told), ["ChatAck"]);
});

Deno.test("[CHAT10] a chat that no agent joins in time ends on both sides", () => {
  const bridge = new TestBridge({ joinWithinMs: 60_000 });
  const chat = bridge.openChat();

  bridge.clock.advance(60_000);
  const joined = bridge.join();
  bridge.clock.advance(600_000);

  deepEqual(chat.commands.all, [{ type: "close", cause: 19 }]);
  equal(joined.over, false);
  deepEqual(bridge.records.map(({ cause }) => cause), [19]);
});

Deno.test("[CHAT11] a chat ends when it has reached its number of entries", () => {
  const bridge = new TestBridge({ entriesPerChat: 2 });
  const chat = bridge.join();

  bridge.page.message("v1", "one");
  bridge.page.message("v2", "two");
  bridge.page.message("v2", "two");
  bridge.page.message("v3", "three");

  deepEqual(brief(bridge.told), [
    "ChatAck",
    "ChatAck",
    "ChatAck",
    "ChatInfo terminated",
  ]);
  deepEqual(chat.commands.all.at(-1), { type: "close", cause: 41 });
});

Deno.test("[CHAT11] the characters of both sides together are limited", () => {
  const bridge = new TestBridge({ charactersPerChat: 10 });
  const chat = bridge.join();

  bridge.page.message("v1", "12345");
  chat.emit({ type: MESSAGE, id: "a1", text: "67890" });
  const before = chat.over;
  bridge.page.message("v2", "1");

  deepEqual([before, chat.over], [false, true]);
  deepEqual(bridge.told.at(-1), chatOver(41));
});

Deno.test("[CHAT12] each chat leaves one record", () => {
  const bridge = new TestBridge();
  const startedAt = bridge.clock.now();
  const chat = bridge.openChat();
  bridge.page.message("v1", "Hello");
  bridge.clock.advance(2_000);
  chat.emit({ type: "joined" });
  chat.emit({ type: MESSAGE, id: "a1", text: "Bye" });
  bridge.clock.advance(1_000);

  chat.end(16);
  bridge.page.close();

  deepEqual(bridge.records, [{
    id: chat.chat.id,
    widget: ADA.widget.uuid,
    address: "atlantis",
    media: "chat",
    startedAt,
    answeredAt: startedAt + 2_000,
    endedAt: startedAt + 3_000,
    cause: 16,
    messages: 2,
    consent: ADA.consent,
  }]);
});

Deno.test("[CHAT13] the agent sees when the visitor disconnects and returns", () => {
  const bridge = new TestBridge();
  const chat = bridge.join();

  bridge.page.away();
  bridge.page.back(0);
  bridge.page.close();

  deepEqual(chat.commands.all, [
    { type: "visitor", here: false },
    { type: "visitor", here: true },
    { type: "close", cause: 16 },
  ]);
});

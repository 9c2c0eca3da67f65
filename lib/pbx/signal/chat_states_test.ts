import { deepEqual, equal } from "node:assert/strict";
import { openPbxChat, type PbxChatRun } from "@/tests/support/pbx_chat_run.ts";

/** A chat without messages so far. */
function newChat(): PbxChatRun {
  const chat = openPbxChat([]);
  chat.effects = [];
  return chat;
}

function say(chat: PbxChatRun, ...seqs: number[]): void {
  for (const seq of seqs) chat.say(seq, `text ${seq}`);
}

Deno.test("[P28] progress opens a chat, and with a cause it ends the chat with it", () => {
  const goesOn = newChat();
  say(goesOn, 1);
  goesOn.signal({ type: "progress" });
  const ends = newChat();
  ends.signal({ type: "progress", cau: { num: 17 } });

  deepEqual([goesOn.state.state, goesOn.written], ["open", ["text 1"]]);
  deepEqual(ends.told, [{ type: "terminated", cause: 17 }]);
  deepEqual(
    ends.effects.filter(({ type }) => type === "signal"),
    [{ type: "signal", signal: { type: "rel", cau: { num: 17 } } }],
  );
});

Deno.test("[P29] messages are sent once each, whether they come before the agent's first sign or after", () => {
  const early = newChat();
  say(early, 1, 2, 2, 1);
  early.signal({ type: "call_proc" });
  say(early, 2, 3, 3, 1);
  const late = newChat();
  late.signal({ type: "call_proc" });
  say(late, 1, 1, 2);

  deepEqual(early.written, ["text 1", "text 2", "text 3"]);
  deepEqual(late.written, ["text 1", "text 2"]);
});

Deno.test("[P29] an agent who types has not joined yet", () => {
  const chat = newChat();
  chat.signal({ type: "call_proc" });
  chat.im({ typing: true });
  chat.im({});

  deepEqual(chat.told, [{ type: "typing", typing: true }]);
});

Deno.test("[P30] the type of a message's first piece counts for the others", () => {
  const chat = newChat();
  chat.im({ data: "<b>", mime: "text/plain", more: true });
  chat.im({ data: "bold</b>" });
  chat.im({ data: "<b>bold</b>" });
  chat.im({ data: "<i>", mime: "text/plain;charset=utf-8" });

  deepEqual(
    chat.told.flatMap((event) => event.type === "message" ? event.text : []),
    ["<b>bold</b>", "bold", "<i>"],
  );
});

Deno.test("[P31] 80,000 characters of a message are read, and more are a problem", () => {
  const chat = newChat();
  const lengthOf = () =>
    chat.told.map((e) => e.type === "message" ? e.text.length : 0)
      .reduce((sum, length) => sum + length, 0);

  chat.im({ data: "x".repeat(80_000), mime: "text/plain" });
  deepEqual([lengthOf(), chat.problems], [80_000, []]);
  chat.im({ data: "x".repeat(80_001), mime: "text/plain" });

  equal(lengthOf(), 160_000);
  deepEqual(chat.problems, ["a chat message of 80001 characters was cut"]);
});

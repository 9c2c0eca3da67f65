import { deepEqual, equal } from "node:assert/strict";
import * as v from "valibot";
import type { ChatEvent } from "@/lib/contact/ports.ts";
import { type PbxChatEffect, startChat, stepChat } from "./chat_leg.ts";
import { Signal } from "./signal.ts";

/** A chat without messages so far. */
class Chat {
  readonly effects: PbxChatEffect[] = [];
  #state = startChat({
    id: "chat",
    address: "atlantis",
    visitor: { name: "", widget: { uuid: "", name: "Cards" }, lang: "en" },
    log: { since: () => [] },
  }, "mark").state;

  on(stimulus: Parameters<typeof stepChat>[1]): void {
    const { state, effects } = stepChat(this.#state, stimulus);
    this.#state = state;
    this.effects.push(...effects);
  }

  signal(json: object): void {
    this.on({ type: "signal", signal: v.parse(Signal, json) });
  }

  im(members: object): void {
    this.signal({
      type: "facility",
      fty: [{ type: "im_message", ...members }],
    });
  }

  say(seq: number): void {
    const text = `text ${seq}`;
    const entry = {
      seq,
      from: "visitor",
      id: `m${seq}`,
      text,
      time: 0,
    } as const;
    this.on({ type: "command", command: { type: "entry", entry } });
  }

  get state(): string {
    return this.#state.state;
  }

  get told(): ChatEvent[] {
    return this.effects.flatMap((e) => e.type === "tell" ? e.event : []);
  }

  get problems(): string[] {
    return this.effects.flatMap((e) => e.type === "problem" ? e.text : []);
  }

  get written(): string[] {
    return JSON.stringify(this.effects).match(/text \d+/g) ?? [];
  }
}

Deno.test("[P28] progress opens a chat, and with a cause it ends the chat with it", () => {
  const goesOn = new Chat();
  goesOn.say(1);
  goesOn.signal({ type: "progress" });
  const ends = new Chat();
  ends.signal({ type: "progress", cau: { num: 17 } });

  deepEqual([goesOn.state, goesOn.written], ["open", ["text 1"]]);
  deepEqual(ends.told, [{ type: "terminated", cause: 17 }]);
  deepEqual(
    ends.effects.filter(({ type }) => type === "signal"),
    [{ type: "signal", signal: { type: "rel", cau: { num: 17 } } }],
  );
});

Deno.test("[P29] messages are sent once each, whether they come before the agent's first sign or after", () => {
  const early = new Chat();
  for (const seq of [1, 2, 2, 1]) early.say(seq);
  early.signal({ type: "call_proc" });
  for (const seq of [2, 3, 3, 1]) early.say(seq);
  const late = new Chat();
  late.signal({ type: "call_proc" });
  for (const seq of [1, 1, 2]) late.say(seq);

  deepEqual(early.written, ["text 1", "text 2", "text 3"]);
  deepEqual(late.written, ["text 1", "text 2"]);
});

Deno.test("[P29] an agent who types has not joined yet", () => {
  const chat = new Chat();
  chat.signal({ type: "call_proc" });
  chat.im({ typing: true });
  chat.im({});

  deepEqual(chat.told, [{ type: "typing", typing: true }]);
});

Deno.test("[P30] the type of a message's first piece counts for the others", () => {
  const chat = new Chat();
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
  const chat = new Chat();
  const lengthOf = () =>
    chat.told.map((e) => e.type === "message" ? e.text.length : 0)
      .reduce((sum, length) => sum + length, 0);

  chat.im({ data: "x".repeat(80_000), mime: "text/plain" });
  deepEqual([lengthOf(), chat.problems], [80_000, []]);
  chat.im({ data: "x".repeat(80_001), mime: "text/plain" });

  equal(lengthOf(), 160_000);
  deepEqual(chat.problems, ["a chat message of 80001 characters was cut"]);
});

import { deepEqual, equal } from "node:assert/strict";
import type { ClientMessage } from "@/lib/protocol/visitor/client_messages.ts";
import type { ContactMessage } from "@/lib/protocol/visitor/contact_messages.ts";
import { type Chance, property } from "@/tests/support/chance.ts";
import {
  newChat,
  type PageChatEvent,
  resumedChat,
  stepChat,
  unsentText,
} from "./chat.ts";
import { unread } from "./chat_lines.ts";
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
const heard = (seq: number) =>
  told({ mt: "ChatMessage", seq, text: `no. ${seq}`, time: 1 });
const joined = told({ mt: "ChatInfo", state: "connected", dn: "Ada" });
const over = told({ mt: "ChatInfo", state: "terminated", cause: 16 });
const order = ({ lines }: PageChat) =>
  lines.map((line) =>
    line.type === "note"
      ? line.note
      : line.seq ?? (line.type === "own" ? line.id : NaN)
  );

Deno.test("the first message opens the chat, the next ones don't", () => {
  const { say: all } = walk(newChat(agent, "Bob", "c1"), say("a"), say("b"));

  deepEqual(all, [
    { mt: "CreateChat", dest: "columbia", dn: "Bob", contact: "c1" },
    { mt: "ChatMessage", id: "a", text: "text a", contact: "c1" },
    { mt: "ChatMessage", id: "b", text: "text b", contact: "c1" },
  ]);
});

Deno.test("a chat shows who was notified, who joined and who left", () => {
  const { chat } = walk(
    newChat(agent, "", "c1"),
    say("a"),
    told({ mt: "ChatInfo", state: "alerting" }),
    ack("a", 1),
    joined,
    over,
  );

  deepEqual(order(chat), [1, "notified", "joined", "left"]);
  equal(chat.agent.name, "Ada");
  equal(chat.state, "over");
});

Deno.test("an agent who never joined could not answer", () => {
  const { chat } = walk(newChat(agent, "", "c1"), say("a"), over);

  deepEqual(order(chat), ["a", "chatUnanswered"]);
});

Deno.test("unacknowledged messages are sent again after a resume", () => {
  const { said } = walk(
    newChat(agent, "", "c1"),
    say("a"),
    say("b"),
    ack("a", 1),
    { type: "reconnected", resumed: true },
  );

  deepEqual(said, ["CreateChat", "ChatMessage", "ChatMessage", "ChatMessage"]);
});

Deno.test("a chat whose seat has expired ends, unless nothing had arrived", () => {
  const lost: PageChatEvent = { type: "reconnected", resumed: false };
  const ended = walk(newChat(agent, "", "c1"), say("a"), ack("a", 1), lost);
  const begun = walk(newChat(agent, "", "c1"), say("a"), lost);

  equal(ended.chat.state, "over");
  deepEqual(begun.said.slice(-2), ["CreateChat", "ChatMessage"]);
});

Deno.test("a repeated message shows once", () => {
  const { chat } = walk(
    newChat(agent, "", "c1"),
    say("a"),
    ack("a", 1),
    heard(2),
    heard(2),
    ack("a", 1),
  );

  deepEqual(order(chat), [1, 2]);
});

Deno.test("the next page gets both sides' messages again", () => {
  const { chat } = walk(
    resumedChat({
      agent,
      visitor: "",
      contact: "c1",
      lines: [],
      before: true,
      seen: 0,
    }),
    told({ mt: "ChatMessage", seq: 1, text: "text a", time: 1, own: "a" }),
    heard(2),
  );

  deepEqual(chat.lines.map(({ type }) => type), ["own", "agent"]);
});

Deno.test("the agent's messages are unread until they were in view", () => {
  const { chat } = walk(
    newChat(agent, "", "c1"),
    say("a"),
    ack("a", 1),
    joined,
    heard(2),
    heard(3),
  );
  const first = walk(chat, { type: "look", seq: 2 }, { type: "look", seq: 2 });
  const both = walk(first.chat, { type: "look", seq: 3 });
  const back = walk(both.chat, { type: "look", seq: 2 });

  equal(unread(chat), 2);
  equal(unread(first.chat), 1);
  deepEqual(first.say, [{ mt: "ChatRead", seq: 2 }]);
  equal(unread(both.chat), 0);
  deepEqual(both.say, [{ mt: "ChatRead", seq: 3 }]);
  deepEqual(back.say, []);
});

Deno.test("the next page counts messages as unread that no page has shown", () => {
  const { chat } = walk(
    resumedChat({
      agent,
      visitor: "",
      contact: "c1",
      lines: [],
      before: true,
      seen: 2,
    }),
    heard(1),
    heard(2),
    heard(3),
  );

  equal(unread(chat), 1);
});

Deno.test("each message has the service's time, on the next page too", () => {
  const at = 1_900_000_000; // In seconds; the page has milliseconds.
  const { chat } = walk(
    newChat(agent, "", "c1"),
    say("a"),
    told({ mt: "ChatAck", id: "a", seq: 1, time: at }),
    told({ mt: "ChatMessage", seq: 2, text: "Hi", time: at + 1 }),
    told({ mt: "ChatMessage", seq: 3, text: "b", time: at + 2, own: "b" }),
  );

  const times = chat.lines.map(({ time }) => time / 1_000);
  deepEqual(times, [at, at + 1, at + 2]);
});

Deno.test("unsentText() returns what the service has not acknowledged", () => {
  const { chat } = walk(
    newChat(agent, "", "c1"),
    say("a"),
    ack("a", 1),
    say("b"),
    heard(2),
    say("c"),
  );

  equal(unsentText(chat), "text b\ntext c");
});

Deno.test("typing is sent only in a running chat", () => {
  const typing: PageChatEvent = { type: "typing", typing: true };

  deepEqual(walk(newChat(agent, "", "c1"), typing).said, []);
  deepEqual(
    walk(newChat(agent, "", "c1"), say("a"), typing).said.at(-1),
    "ChatTyping",
  );
  deepEqual(
    walk(newChat(agent, "", "c1"), say("a"), over, typing).said.at(-1),
    "ChatMessage",
  );
});

Deno.test("whatever is lost in transit, all messages show once and in order", () => {
  property(300, (chance) => {
    const service = new Service(chance);
    let { chat } = walk(newChat(agent, "", "c1"), say("own0"));
    service.hear(walk(newChat(agent, "", "c1"), say("own0")).say);

    for (let round = 1; round < 40; round++) {
      const roll = chance.below(4);
      const event = roll === 0
        ? say(`own${round}`)
        : { type: "reconnected", resumed: true } as const;
      if (roll === 1) service.speak();
      if (roll === 2) service.cut(); // Everything on its way is lost.
      if (roll === 0 || roll === 2) {
        if (roll === 2) service.resume(chat.seq);
        const step = stepChat(chat, event, 0);
        chat = step.state;
        service.hear(step.effects.map(({ message }) => message));
      }
      for (const message of service.deliver()) {
        chat = stepChat(chat, told(message), 0).state;
      }
    }
    service.cut();
    service.resume(chat.seq);
    const last = stepChat(chat, { type: "reconnected", resumed: true }, 0);
    chat = last.state;
    service.hear(last.effects.map(({ message }) => message), false);
    for (const message of service.deliver(true)) {
      chat = stepChat(chat, told(message), 0).state;
    }

    deepEqual(order(chat), service.log.map((_, i) => i + 1));
  });
});

/** The service's side of the promise, with a wire that breaks. */
class Service {
  readonly log: { own?: string; text: string }[] = [];
  #way: ContactMessage[] = [];
  readonly #chance: Chance;

  constructor(chance: Chance) {
    this.#chance = chance;
  }

  hear(messages: readonly ClientMessage[], lossy = true): void {
    for (const message of messages) {
      const lost = lossy && this.#chance.below(5) === 0;
      if (message.mt !== "ChatMessage" || lost) continue;
      const known = this.log.findIndex(({ own }) => own === message.id);
      if (known < 0) this.log.push({ own: message.id, text: message.text });
      const seq = known < 0 ? this.log.length : known + 1;
      this.#way.push({ mt: "ChatAck", id: message.id, seq, time: 0 });
    }
  }

  speak(): void {
    this.log.push({ text: "hello" });
    this.#way.push({
      mt: "ChatMessage",
      seq: this.log.length,
      text: "hello",
      time: 0,
    });
  }

  cut(): void {
    this.#way = [];
  }

  resume(seq: number): void {
    this.#way = this.log.slice(seq).map((entry, i) => ({
      mt: "ChatMessage",
      seq: seq + i + 1,
      time: 0,
      ...entry,
    }));
  }

  deliver(all = false): ContactMessage[] {
    const count = all
      ? this.#way.length
      : this.#chance.below(this.#way.length + 1);
    return this.#way.splice(0, count);
  }
}

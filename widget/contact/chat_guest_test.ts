import { deepEqual, equal } from "node:assert/strict";
import type { ContactMessage } from "@/lib/protocol/visitor/contact_messages.ts";
import { newChat, stepChat } from "./chat.ts";
import { decodeContactMessage } from "./decode.ts";
import type { PageChat } from "./chat_state.ts";

const BOB = { mt: "ChatGuest", dn: "Bob" } as const;
const NOBODY = { mt: "ChatGuest" } as const;
const ALONE = { mt: "ChatInfo", state: "connected", dn: "Bob" } as const;

/** Returns a joined chat with Otto after these messages. */
function after(...messages: ContactMessage[]): PageChat {
  const joined: PageChat = {
    ...newChat({ id: "otto", name: "Otto" }, "", "c1"),
    ...{ state: "joined", created: true },
  };
  return messages.reduce(
    (chat, message) => stepChat(chat, { type: "told", message }, 5_000).state,
    joined,
  );
}

function said(seq: number, dn?: string): ContactMessage {
  const by = dn === undefined ? {} : { dn };
  return { mt: "ChatMessage", seq, text: "Hi", time: 5, ...by };
}

/** The notes, and the writers of the messages. */
function shown({ lines }: PageChat): string[] {
  return lines.map((line) => {
    if (line.type === "own") return line.text;
    return line.type === "note" ? `${line.name} ${line.note}` : line.name;
  });
}

Deno.test("the chat says that a second agent has joined and left, and who writes meanwhile", () => {
  const chat = after(
    ...[said(1), BOB, said(2, "Bob"), said(3), BOB, NOBODY, NOBODY, said(4)],
  );

  deepEqual(shown(chat), ["", "Bob joined", "Bob", "Otto", "Bob left", ""]);
});

Deno.test("the second agent has the chat if the first one leaves, also while the page was away", () => {
  const chat = after(BOB, said(1, "Bob"), ALONE, said(2));
  const again = stepChat(chat, { type: "told", message: NOBODY }, 5_000).state;

  deepEqual(shown(chat), ["Bob joined", "Bob", "Otto left", ""]);
  deepEqual([chat.agent.name, chat.guest], ["Bob", ""]);
  equal(again, chat);
});

Deno.test("the chat says which of the two agents types", () => {
  const typing = (dn?: string): ContactMessage => ({
    ...{ mt: "ChatTyping", typing: true },
    ...dn !== undefined && { dn },
  });

  equal(after(BOB, typing("Bob")).typist, "Bob");
  equal(after(BOB, typing("Bob"), typing()).typist, "");
});

Deno.test("the page decodes who writes and who has joined", () => {
  for (const message of [BOB, NOBODY, said(1, "Bob")]) {
    deepEqual(decodeContactMessage(message), message);
  }
});
